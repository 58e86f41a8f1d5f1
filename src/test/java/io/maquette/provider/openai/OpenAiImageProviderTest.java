package io.maquette.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.option.ImageOptions;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageProviderContract;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.storage.TestDownloads;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract test with a GPT image model, which answers with base64. */
class OpenAiImageProviderTest extends ImageProviderContract<OpenAiSimulator> {

  @Override
  protected OpenAiSimulator simulate() {
    return new OpenAiSimulator();
  }

  @Override
  protected String keySetting() {
    return "maquette.openai.api-key";
  }

  @Override
  protected URI base() {
    return URI.create(simulator.url() + "/v1");
  }

  @Override
  protected ImageProvider provider(Settings settings) {
    return new OpenAiImageProvider(
        client(OpenAiImageClient.class), null, settings, TestDownloads.of(settings));
  }

  @Override
  protected boolean comesByAddress() {
    return false;
  }

  @ParameterizedTest
  @CsvSource({
    "content_policy_violation, REFUSED",
    "moderation_blocked, REFUSED",
    "insufficient_quota, OUT_OF_CREDIT",
    "billing_hard_limit_reached, OUT_OF_CREDIT",
    "rate_limit_exceeded, THROTTLED",
    "invalid_api_key, UNAUTHORISED",
    "model_not_found, RETIRED"
  })
  void its_error_codes_are_mapped(String code, Problem problem) {
    simulator.failNext(code);
    assertThat(problem())
        .satisfies(e -> assertThat(e.problem()).isEqualTo(problem))
        .hasMessageContaining(code)
        .hasMessageEndingWith("request " + simulator.requestId());
  }

  @Test
  void the_retry_delay_is_kept() {
    simulator.failNext("rate_limit_exceeded");
    assertThat(problem().retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void an_error_with_a_success_status_is_an_error() {
    simulator.next(
        simulator::isSubmission,
        Simulator.instead(
            Answer.json(200, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"no\"}}")));
    assertThat(problem().problem()).isEqualTo(Problem.OUT_OF_CREDIT);
  }

  @Test
  void a_picture_that_is_not_base64_is_refused() {
    simulator.next(
        simulator::isSubmission,
        Simulator.acceptThen(Answer.json(200, "{\"data\":[{\"b64_json\":\"not base64\"}]}")));
    assertThat(problem().problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-image-2.6-flare", "chatgpt-image-latest", "openai/gpt-image-2"})
  void a_gpt_image_model_never_gets_a_response_format(String model) throws ProviderException {
    provider(
            settings(
                Map.of(
                    "maquette.openai.model", model, "maquette.openai.response-format", "b64_json")))
        .generate(request());
    assertThat(simulator.received(simulator::isSubmission).get(0).json())
        .doesNotContainKey("response_format");
  }

  @Test
  void a_model_that_was_shut_down_is_retired_and_the_default_is_not() throws ProviderException {
    ProviderException problem =
        problemOf(provider(settings(Map.of("maquette.openai.model", "gpt-image-1"))), request());
    assertThat(problem.problem()).isEqualTo(Problem.RETIRED);
    assertThat(problem)
        .hasMessageStartingWith(
            "check maquette.openai.model (default of this version: gpt-image-2.6-flare): ");
    assertThat(provider().generate(request()).picture()).isNotNull();
  }

  @Test
  void model_size_and_format_are_settings() throws ProviderException {
    provider(
            settings(
                Map.of(
                    "maquette.openai.model", "flux",
                    "maquette.openai.size", "512x768",
                    "maquette.openai.response-format", "b64_json")))
        .generate(request());
    JsonObject sent = simulator.received(simulator::isSubmission).get(0).json();
    assertThat(sent.getString("model")).isEqualTo("flux");
    assertThat(sent.getString("size")).isEqualTo("512x768");
    assertThat(sent.getString("response_format")).isEqualTo("b64_json");
    assertThat(simulator.received(PictureSimulator::isFile)).isEmpty();
  }

  /** Contract test with a model that answers with an address. */
  @Nested
  class ByAddress extends ImageProviderContract<OpenAiSimulator> {

    @Override
    protected OpenAiSimulator simulate() {
      return new OpenAiSimulator();
    }

    @Override
    protected String keySetting() {
      return "maquette.openai.api-key";
    }

    @Override
    protected URI base() {
      return URI.create(simulator.url() + "/v1");
    }

    @Override
    protected ImageProvider provider(Settings settings) {
      return new OpenAiImageProvider(
          client(OpenAiImageClient.class),
          null,
          settings(
              Map.of(
                  "maquette.openai.model",
                  "flux-dev",
                  "maquette.openai.response-format",
                  "url",
                  keySetting(),
                  settings.get(ProviderSetting.OPENAI_KEY))),
          TestDownloads.of(settings));
    }
  }

  @Test
  void options_are_sent() throws ProviderException {
    ImageOptions options =
        new ImageOptions(
            Optional.of("3:2"), Optional.of("low"), Optional.empty(), Optional.empty());
    provider().generate(request(options));
    JsonObject sent = simulator.received(simulator::isSubmission).get(0).json();
    assertThat(sent.getString("size")).isEqualTo("1536x1024");
    assertThat(sent.getString("quality")).isEqualTo("low");
  }
}
