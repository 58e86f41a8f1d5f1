package io.maquette.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.config.Settings;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.provider.EditRequest;
import io.maquette.provider.OddAnswersRun;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.RestClients;
import io.maquette.storage.TestDownloads;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test of picture edits over the wire. */
@Tag("fault")
class OpenAiImageEditorTest {

  private static final String INSTRUCTION = "把背景换成白色 🐱, \"quoted\"";

  private final OpenAiSimulator simulator = new OpenAiSimulator();
  private final byte[] picture = PictureSimulator.image("jpeg", 300);

  @AfterEach
  void close() {
    assertThat(simulator.complaints()).isEmpty();
    simulator.close();
  }

  private OpenAiImageEditor editor(Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("maquette.openai.api-key", PictureSimulator.KEY);
    values.put("maquette.download.allowed-hosts", simulator.host());
    values.putAll(more);
    Settings settings = Settings.read(name -> Optional.ofNullable(values.get(name)));
    OpenAiImageClient client =
        RestClients.builder(URI.create(simulator.url() + "/v1"), 2_000, 2_000)
            .build(OpenAiImageClient.class);
    return new OpenAiImageEditor(client, null, settings, TestDownloads.of(settings));
  }

  private EditRequest request() {
    return new EditRequest(new Picture(picture, "image/jpeg"), INSTRUCTION, Duration.ofSeconds(20));
  }

  @Test
  void an_edit_sends_the_picture_and_the_instruction() throws Exception {
    assertThat(editor(Map.of()).edit(request()).picture().content()).isEqualTo(simulator.picture());
    Map<String, byte[]> sent = OpenAiSimulator.parts(simulator.received(simulator::isEdit).get(0));
    assertThat(sent.get("image")).isEqualTo(picture);
    assertThat(sent.get("prompt")).asString().isEqualTo(INSTRUCTION);
    assertThat(sent.get("model")).asString().isEqualTo("gpt-image-2.6-sunburst");
    assertThat(sent).doesNotContainKey("response_format");
    assertThat(simulator.accepted()).isEqualTo(1);
  }

  @Test
  void model_size_and_format_are_settings_and_the_picture_may_be_a_url() throws Exception {
    OpenAiImageEditor editor =
        editor(
            Map.of(
                "maquette.openai.edit-model", "flux-edit",
                "maquette.openai.size", "512x768",
                "maquette.openai.response-format", "url"));
    assertThat(editor.edit(request()).picture().content()).isEqualTo(simulator.picture());
    Map<String, byte[]> sent = OpenAiSimulator.parts(simulator.received(simulator::isEdit).get(0));
    assertThat(sent.get("model")).asString().isEqualTo("flux-edit");
    assertThat(sent.get("size")).asString().isEqualTo("512x768");
    assertThat(simulator.received(PictureSimulator::isFile)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "moderation_blocked, REFUSED",
    "insufficient_quota, OUT_OF_CREDIT",
    "rate_limit_exceeded, THROTTLED",
    "invalid_api_key, UNAUTHORISED",
    "503, UNAVAILABLE"
  })
  void its_error_codes_are_mapped(String code, Problem problem) {
    simulator.failNextEdit(code);
    ProviderException told =
        catchThrowableOfType(ProviderException.class, () -> editor(Map.of()).edit(request()));
    assertThat(told.problem()).isEqualTo(problem);
    assertThat(told.toString()).doesNotContain(PictureSimulator.KEY, "背景");
  }

  @Test
  void a_lost_answer_has_an_unknown_outcome_and_is_not_repeated() {
    simulator.next(simulator::isEdit, Simulator.acceptThenDrop());
    ProviderException told =
        catchThrowableOfType(ProviderException.class, () -> editor(Map.of()).edit(request()));
    assertThat(told.problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(simulator.received(simulator::isEdit)).hasSize(1);
  }

  @Test
  @Tag("slow")
  void odd_answers_use_no_thread_and_cost_nothing() throws Exception {
    OpenAiImageEditor editor = editor(Map.of());
    new OddAnswersRun(
            "OpenAi edit", simulator, simulator::isEdit, simulator::isEdit, simulator::accepted)
        .of(
            isPatient ->
                assertThat(editor.edit(request()).picture().content())
                    .isEqualTo(simulator.picture()));
  }

  @Test
  void a_missing_key_stops_the_start() {
    assertThatIllegalStateException()
        .isThrownBy(() -> editor(Map.of("maquette.openai.api-key", "")).check())
        .withMessageContaining("maquette.openai.api-key");
  }
}
