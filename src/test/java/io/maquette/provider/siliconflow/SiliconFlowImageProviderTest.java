package io.maquette.provider.siliconflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.Settings;
import io.maquette.it.simulator.SiliconFlowSimulator;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiliconFlowImageProviderTest extends ImageProviderContract<SiliconFlowSimulator> {

  @Override
  protected SiliconFlowSimulator simulate() {
    return new SiliconFlowSimulator();
  }

  @Override
  protected String keySetting() {
    return "maquette.siliconflow.api-key";
  }

  @Override
  protected URI base() {
    return URI.create(simulator.url() + "/v1");
  }

  @Override
  protected ImageProvider provider(Settings settings) {
    return new SiliconFlowImageProvider(
        client(SiliconFlowClient.class), settings, TestDownloads.of(settings));
  }

  @ParameterizedTest
  @CsvSource({
    "30001, OUT_OF_CREDIT",
    "20012, RETIRED",
    "50505, UNAVAILABLE",
    "429, THROTTLED",
    "403, UNAUTHORISED",
    "451, REFUSED"
  })
  void its_error_codes_are_mapped(String code, Problem problem) {
    simulator.failNext(code);
    assertThat(problem().problem()).isEqualTo(problem);
  }

  @Test
  void its_error_message_is_kept() {
    simulator.failNext("429");
    ProviderException problem = problem();
    assertThat(problem)
        .hasMessageContaining("IPM limit reached")
        .hasMessageEndingWith("request " + simulator.requestId());
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void the_model_is_a_setting() throws ProviderException {
    provider(settings(Map.of("maquette.siliconflow.model", "Qwen/Qwen-Image"))).generate(request());
    assertThat(simulator.received(simulator::isSubmission).get(0).json().getString("model"))
        .isEqualTo("Qwen/Qwen-Image");
  }

  @Test
  void options_are_sent() throws ProviderException {
    ImageOptions options =
        new ImageOptions(
            Optional.of("9:16"), Optional.empty(), Optional.of("a hat"), Optional.of(7L));
    provider().generate(request(options));
    JsonObject sent = simulator.received(simulator::isSubmission).get(0).json();
    assertThat(sent.getString("image_size")).isEqualTo("720x1280");
    assertThat(sent.getString("negative_prompt")).isEqualTo("a hat");
    assertThat(sent.getInt("seed")).isEqualTo(7);
  }

  @Test
  void without_options_no_field_is_sent() throws ProviderException {
    provider().generate(request());
    assertThat(simulator.received(simulator::isSubmission).get(0).json().keySet())
        .containsExactlyInAnyOrder("model", "prompt", "image_size");
  }
}
