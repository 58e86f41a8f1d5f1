package io.maquette.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.config.Settings;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.OutageException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.RestClients;
import io.maquette.storage.TestDownloads;
import jakarta.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of answers of OpenAI-compatible servers that OpenAI's documentation does not contain. */
@Tag("fault")
class OpenAiOddAnswersTest {

  private static final byte[] PICTURE = PictureSimulator.image("jpeg", 200);
  private static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);

  private final OpenAiSimulator simulator = new OpenAiSimulator();

  @AfterEach
  void close() {
    simulator.close();
  }

  /** Creates a provider without allowed hosts; only the base address may have pictures. */
  private OpenAiImageProvider provider(Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("maquette.openai.api-key", PictureSimulator.KEY);
    values.put("maquette.openai.url", simulator.url().toString());
    values.putAll(more);
    Settings settings = Settings.read(name -> Optional.ofNullable(values.get(name)));
    OpenAiImageClient client =
        RestClients.builder(OpenAiAddress.of(settings), 2_000, 5_000)
            .build(OpenAiImageClient.class);
    return new OpenAiImageProvider(client, null, settings, TestDownloads.of(settings));
  }

  private byte[] drawn(Map<String, String> more) throws ProviderException {
    return provider(more)
        .generate(new ImageRequest("a cat", 0, Duration.ofSeconds(20)))
        .picture()
        .content();
  }

  private ProviderException problem(Answer answer) {
    simulator.next(simulator::isSubmission, Simulator.instead(answer));
    ProviderException problem =
        catchThrowableOfType(ProviderException.class, () -> drawn(Map.of()));
    assertThat(problem).isNotNull();
    assertThat(simulator.received(simulator::isSubmission)).hasSize(1);
    return problem;
  }

  private static String image(String field, String value) {
    return Json.createObjectBuilder()
        .add("data", Json.createArrayBuilder().add(Json.createObjectBuilder().add(field, value)))
        .build()
        .toString();
  }

  private void answers(String body) {
    simulator.next(simulator::isSubmission, Simulator.acceptThen(Answer.json(200, body)));
  }

  private static String urlSafe(String base64) {
    return base64.replace('+', '-').replace('/', '_');
  }

  static Stream<String> inlinePictures() {
    String inLines = BASE64.replaceAll("(.{76})", "$1\r\n");
    String unpadded = BASE64.replace("=", "");
    return Stream.of(
        image("b64_json", BASE64),
        image("b64_json", "data:image/jpeg;base64," + BASE64),
        image("b64_json", "DATA:image/jpeg;charset=utf-8;BASE64, " + BASE64),
        image("b64_json", inLines),
        image("b64_json", BASE64.replaceAll("(.{64})", "$1\n") + "\n"),
        image("b64_json", urlSafe(BASE64)),
        image("b64_json", urlSafe(unpadded)),
        image("b64_json", unpadded),
        image("b64_json", "  " + BASE64 + " \t"),
        image("url", "data:image/png;base64," + BASE64),
        image("url", "data:;base64," + BASE64.replace("+", "%2B").replace("=", "%3D")),
        image("url", "data:image/png;base64," + inLines),
        image("url", BASE64),
        "{\"data\":[{\"b64_json\":\"\",\"url\":\"data:image/png;base64," + BASE64 + "\"}]}",
        "{\"data\":[{\"b64_json\":null,\"url\":\"data:image/png;base64," + BASE64 + "\"}]}");
  }

  @ParameterizedTest
  @MethodSource("inlinePictures")
  void a_picture_within_the_answer_is_taken_in_every_form(String body) throws Exception {
    answers(body);
    assertThat(drawn(Map.of())).isEqualTo(PICTURE);
    assertThat(simulator.accepted()).isEqualTo(1);
  }

  @Test
  void a_data_uri_may_be_longer_than_any_address() throws Exception {
    byte[] large = PictureSimulator.image("bmp", 400);
    byte[] png = java.util.Arrays.copyOf(PictureSimulator.image("png", 8), large.length);
    answers(image("url", "data:image/png;base64," + Base64.getEncoder().encodeToString(png)));
    assertThat(drawn(Map.of())).isEqualTo(png);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/files/1.png", "files/1.png", "//HOST/files/1.png", "BASE/files/1.png"})
  void an_address_at_the_servers_own_host_is_fetched_there(String address) throws Exception {
    String given =
        address.replace("HOST", simulator.host()).replace("BASE", simulator.url().toString());
    answers("{\"data\":[{\"b64_json\":\"\",\"url\":\"" + given + "\"}]}");
    assertThat(drawn(Map.of())).isEqualTo(simulator.picture());
    assertThat(simulator.accepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/p.png",
        "http://localhost:PORT/files/1.png",
        "https://127.0.0.1:PORT/files/1.png",
        "http://127.0.0.1/p.png",
        "http://user@127.0.0.1:PORT/files/1.png",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "//169.254.169.254/latest"
      })
  void no_other_private_address_is_fetched_for_that(String address) {
    answers(image("url", address.replace("PORT", String.valueOf(simulator.url().getPort()))));
    ProviderException problem =
        catchThrowableOfType(ProviderException.class, () -> drawn(Map.of()));
    assertThat(problem).isNotNull();
    assertThat(simulator.received(PictureSimulator::isFile)).isEmpty();
  }

  @Test
  void a_redirection_from_there_to_another_private_address_is_not_followed() {
    answers(image("url", "/files/1.png"));
    simulator.next(
        PictureSimulator::isFile,
        Simulator.instead(Answer.json(302, "").with("Location", "http://127.0.0.1:1/secret")));
    simulator.next(
        PictureSimulator::isFile,
        Simulator.instead(Answer.json(302, "").with("Location", "http://127.0.0.1:1/secret")));
    assertThat(catchThrowableOfType(ProviderException.class, () -> drawn(Map.of()))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[{\"b64_json\":\"not base64!\"}]}",
        "{\"data\":[{\"b64_json\":\"aGVsbG8=\"}]}",
        "{\"data\":[{\"url\":\"data:text/plain,hello\"}]}",
        "{\"data\":[]}",
        "{\"pictures\":1}",
        "{",
        "hello",
        ""
      })
  void an_answer_that_cannot_be_understood_is_no_outage(String body) {
    ProviderException problem = problem(Answer.json(200, body));
    assertThat(problem.problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(problem).isNotInstanceOf(OutageException.class);
  }

  static Stream<String[]> settingErrors() {
    return Stream.of(
        openAi("unknown_parameter", "response_format", "Unknown parameter: 'response_format'."),
        openAi("invalid_value", "size", "Invalid value: '7x7'. Supported values are: '1024x1024'"),
        openAi("invalid_value", "quality", "Invalid value: 'best'."),
        openAi("invalid_value", "model", "Invalid value: 'gpt-image-1'. Value must be 'dall-e-3'."),
        openAi("unknown_parameter", "n", "Unknown parameter: 'n'."),
        new String[] {"400", "{\"error\":\"size must be one of 512x512, 1024x1024\"}", "size"},
        new String[] {
          "400", "{\"detail\":\"`response_format` is not supported\"}", "response-format"
        },
        new String[] {
          "422",
          "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"response_format\"],"
              + "\"msg\":\"Extra inputs are not permitted\",\"input\":\"url\"}]}",
          "response-format"
        },
        new String[] {"400", "{\"code\":\"1214\",\"message\":\"size 参数非法\"}", "size"},
        new String[] {"400", "{\"message\":\"image_size is invalid, expected WxH\"}", "size"},
        new String[] {
          "400", "{\"error\":{\"message\":\"Unsupported quality 'best'\"}}", "quality"
        });
  }

  private static String[] openAi(String code, String parameter, String message) {
    String setting = parameter.equals("n") ? "url" : parameter.replace('_', '-');
    return new String[] {
      "400",
      "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":\"%s\",\"code\":\"%s\"}}"
          .formatted(message, parameter, code),
      setting
    };
  }

  @ParameterizedTest
  @MethodSource("settingErrors")
  void a_parameter_that_is_not_taken_names_its_setting(String status, String body, String setting) {
    ProviderException problem = problem(Answer.json(Integer.parseInt(status), body));
    assertThat(problem.problem()).isEqualTo(Problem.MISCONFIGURED);
    assertThat(problem).hasMessageStartingWith("check maquette.openai." + setting + ": HTTP ");
    assertThat(simulator.accepted()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "404|{\"error\":{\"message\":\"The model 'x' does not exist\",\"code\":\"model_not_found\"}}",
        "404|{\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"code\":404}",
        "404|{\"error\":{\"message\":\"model 'x' not found, try pulling it first\"}}",
        "400|{\"error\":{\"message\":\"Invalid model name passed in model=x\",\"code\":\"400\"}}",
        "503|{\"error\":{\"message\":\"no channel\",\"code\":\"model_not_found\"}}",
        "404|{\"error\":{\"code\":\"InvalidEndpointOrModel.NotFound\",\"message\":\"no\"}}",
        "404|{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"no\"}}",
        "400|{\"error\":{\"code\":\"1211\",\"message\":\"模型不存在，请检查模型代码。\"}}",
        "404|[{\"error\":{\"code\":404,\"message\":\"models/x is not found for API version v1\"}}]",
        "410|{\"error\":{\"message\":\"The model x has been shut down\"}}",
        "410|{\"error\":{\"code\":\"model_deprecated\",\"message\":\"no\"}}",
        "400|{\"error\":{\"code\":\"model_decommissioned\",\"message\":\"no\"}}",
        "403|{\"error\":{\"message\":\"Project does not have access to model x\"}}"
      })
  void a_model_that_is_not_there_is_retired_and_names_its_setting(int status, String body) {
    ProviderException problem = problem(Answer.json(status, body.replace("`", "'")));
    assertThat(problem.problem()).isEqualTo(Problem.RETIRED);
    assertThat(problem)
        .hasMessageStartingWith(
            "check maquette.openai.model (default of this version: gpt-image-2.6-flare): HTTP ");
  }

  @Test
  void a_retired_model_names_the_successor_that_the_server_names() {
    Answer gone =
        Answer.json(410, "{\"error\":{\"message\":\"The model x has been shut down\"}}")
            .with("Link", "<https://ai.example/models/y>; rel=successor-version");
    ProviderException problem = problem(gone);
    assertThat(problem.problem()).isEqualTo(Problem.RETIRED);
    assertThat(problem)
        .hasMessageStartingWith(
            "check maquette.openai.model (successor: https://ai.example/models/y): HTTP 410, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Your request was rejected by the safety system of the model.\"}}",
        "{\"error\":{\"message\":\"Invalid prompt: its size must be under 1000\"}}",
        "{\"error\":{\"message\":\"too long\",\"param\":\"prompt\",\"code\":\"invalid_value\"}}",
        "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],\"msg\":\"size must be at most 77\"}]}",
        "{\"error\":\"内容违规，模型不支持\"}"
      })
  void what_is_said_of_the_users_words_is_theirs(String body) {
    assertThat(problem(Answer.json(400, body)).problem()).isEqualTo(Problem.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "'', /v1, ''",
    "/, /v1, ''",
    "/v1, /v1, ''",
    "/v1/, /v1, ''",
    "/v1//, /v1, ''",
    "/team, /team/v1, ''",
    "/api/v3, /api/v3, ''",
    "/api/paas/v4/, /api/paas/v4, ''",
    "/v1beta/openai/, /v1beta/openai, ''",
    "/compatible-mode/v1, /compatible-mode/v1, ''",
    "/v1/images/generations, /v1, ''",
    "/v1/chat/completions, /v1, ''",
    "/custom/images/generations/, /custom, ''",
    "/openai/v1?api-version=preview, /openai/v1, api-version=preview",
    "/openai/deployments/x?api-version=2025-04-01, /openai/deployments/x, api-version=2025-04-01",
    "/v1/images/generations?api-version=1, /v1, api-version=1"
  })
  void the_base_address_is_taken_as_operators_paste_it(String pasted, String path, String query)
      throws Exception {
    simulator.liesAt(path);
    assertThat(drawn(Map.of("maquette.openai.url", simulator.url() + pasted)))
        .isEqualTo(simulator.picture());
    URI called = simulator.received(simulator::isSubmission).get(0).uri();
    assertThat(called.getQuery()).isEqualTo(query.isEmpty() ? null : query);
    assertThat(simulator.complaints()).isEmpty();
  }

  @Test
  void quality_is_a_setting() throws Exception {
    drawn(Map.of("maquette.openai.quality", "high"));
    drawn(Map.of());
    assertThat(simulator.received(simulator::isSubmission))
        .extracting(sent -> sent.json().getString("quality", null))
        .containsExactly("high", null);
  }
}
