package io.maquette.provider.hunyuan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.HunyuanSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.it.simulator.Tetrahedron;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelProviderContract;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Problem;
import io.maquette.storage.Downloads;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HunyuanModelProviderTest extends ModelProviderContract<HunyuanSimulator> {

  @Override
  protected Setting<?> subject() {
    return ProviderSetting.HUNYUAN_URL;
  }

  @Override
  protected HunyuanSimulator newSimulator() {
    return new HunyuanSimulator();
  }

  @Override
  protected ModelProvider newProvider(Downloads files) {
    return new HunyuanModelProvider(client(HunyuanClient.class), settings(Map.of()));
  }

  private static Settings settings(Map<String, String> values) {
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  /**
   * Returns false, because the model is extracted from the bytes of an answer, which are UTF-8 as
   * FastAPI writes them.
   */
  @Override
  protected boolean readsAllEncodings() {
    return false;
  }

  @Override
  protected boolean isSubmission(Received request) {
    return request.uri().getPath().equals("/send");
  }

  @Override
  protected boolean isQuestion(Received request) {
    return request.uri().getPath().startsWith("/status/");
  }

  @Override
  protected int acceptedSubmissions() {
    return simulator.acceptedSubmissions();
  }

  @Override
  protected Answer refused() {
    return Answer.json(422, "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"image\"]}]}");
  }

  @Override
  protected Answer unavailable() {
    return Answer.json(500, "{\"error\":\"Failed to start generation\"}");
  }

  @Override
  protected Answer retired() {
    return Answer.json(404, "{\"detail\":\"Not Found\"}");
  }

  @Override
  protected Cancellation cancellationOfWaitingJob() {
    return Cancellation.CANNOT_STOP;
  }

  private JobState told(String json) throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.next(this::isQuestion, Simulator.instead(Answer.json(200, json)));
    return provider.query(jobId);
  }

  private static byte[] glb(int size) {
    byte[] file = new byte[size];
    new Random(20261125).nextBytes(file);
    byte[] head = Arrays.copyOf(Tetrahedron.glb(), 12);
    for (int i = 0; i < 4; i++) {
      head[8 + i] = (byte) (size >> (8 * i));
    }
    System.arraycopy(head, 0, file, 0, head.length);
    return file;
  }

  @Test
  void the_textured_model_of_version_2_1_is_used() throws Exception {
    simulator.paints();
    simulator.pollsUntilDone(4);
    String jobId = provider.submit(REQUEST).jobId();
    for (int poll = 1; poll < 4; poll++) {
      assertThat(provider.query(jobId)).isEqualTo(JobState.running());
    }
    try (InputStream file = provider.query(jobId).result().open()) {
      assertThat(file.readAllBytes()).isEqualTo(Tetrahedron.glb());
    }
  }

  /** Sizes around that of a decoded block, and a large one. */
  @ParameterizedTest
  @ValueSource(ints = {13, 196_607, 196_608, 196_609, 12_000_001})
  void a_model_of_any_size_arrives_whole(int size) throws Exception {
    byte[] model = glb(size);
    simulator.model(model);
    try (InputStream file = end(provider.submit(REQUEST).jobId()).result().open()) {
      assertThat(Arrays.equals(file.readAllBytes(), model)).isTrue();
    }
  }

  @Test
  void a_file_that_is_still_written_is_awaited() throws Exception {
    simulator.pollsUntilDone(1);
    simulator.pollsWhileWritten(4);
    String jobId = provider.submit(REQUEST).jobId();
    for (int poll = 0; poll < 4; poll++) {
      assertThat(provider.query(jobId)).isEqualTo(JobState.running());
    }
    assertThat(provider.query(jobId).phase()).isEqualTo(JobState.Phase.DONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"completed\"}",
        "{\"status\":\"completed\",\"model_base64\":null}",
        "{\"status\":\"completed\",\"model_base64\":\"PCFkb2N0eXBlIGh0bWw+PHRpdGxlPg==\"}"
      })
  void a_completed_job_without_a_model_is_a_failure(String json) throws Exception {
    JobState state = told(json);
    assertThat(state.phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"completed\",\"model_base64\":\"no base64 at all\"}",
        "{\"status\":\"completed\",\"model_base64\":\"Z2xURgIAAAA",
        "{\"status\":\"dreaming\"}",
        "{\"status\":7}"
      })
  void an_answer_of_another_shape_is_unreadable(String json) {
    assertThat(failure(() -> told(json)).problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void an_error_of_the_server_is_transient() throws Exception {
    simulator.error("CUDA out of memory\n" + "x".repeat(5_000));
    JobState state = provider.query(provider.submit(REQUEST).jobId());
    assertThat(state.phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(state.problem().getMessage())
        .hasSizeLessThanOrEqualTo(300)
        .startsWith("error: CUDA out of memory x");
  }

  @Test
  void a_failed_or_forgotten_job_seems_to_run_as_the_server_does_not_say() throws Exception {
    simulator.failNext();
    String failed = provider.submit(REQUEST).jobId();
    String forgotten = provider.submit(REQUEST).jobId();
    simulator.forget();
    for (int poll = 0; poll < 5; poll++) {
      assertThat(provider.query(failed)).isEqualTo(JobState.running());
      assertThat(provider.query(forgotten)).isEqualTo(JobState.running());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../send", "a?b"})
  void an_invalid_job_id_is_an_unknown_outcome(String id) {
    simulator.next(
        this::isSubmission, Simulator.acceptThen(Answer.json(200, "{\"uid\":\"" + id + "\"}")));
    assertThat(failure(() -> provider.submit(REQUEST)).problem())
        .isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  @Test
  void an_endless_model_is_not_read() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    byte[] head =
        "{\"status\":\"completed\",\"initial_model_base64\":\"".getBytes(StandardCharsets.UTF_8);
    simulator.next(this::isQuestion, Simulator.huge("application/json", head, 600L << 20));
    assertThat(failure(() -> provider.query(jobId)))
        .hasMessageContaining("larger than")
        .extracting("problem")
        .isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void it_costs_nothing_and_does_one_job_at_a_time() {
    provider.check();
    assertThat(provider.name()).isEqualTo("hunyuan");
    assertThat(provider.costs()).isFalse();
    assertThat(provider.openJobs()).isEqualTo(1);
    assertThat(provider.requestsPerSecond()).isEmpty();
  }

  @Test
  void each_submission_has_a_seed_of_its_own_which_is_recorded() throws Exception {
    HunyuanModelProvider provider =
        new HunyuanModelProvider(client(HunyuanClient.class), settings(Map.of()));
    String first = provider.submit(REQUEST).requestId();
    String second = provider.submit(REQUEST).requestId();
    assertThat(first).matches("seed [0-9]+").isNotEqualTo(second);
    assertThat(simulator.received(this::isSubmission))
        .extracting(sent -> "seed " + sent.json().get("seed"))
        .containsExactly(first, second);
    assertThat(simulator.received(this::isSubmission).get(0).json().keySet())
        .containsExactlyInAnyOrder("image", "texture", "type", "seed");
  }

  @Test
  void how_a_model_is_made_are_settings() throws Exception {
    simulator.cannotPaint();
    HunyuanModelProvider provider =
        new HunyuanModelProvider(
            client(HunyuanClient.class),
            settings(
                Map.of(
                    "maquette.hunyuan.texture", "false",
                    "maquette.hunyuan.seed", "4294967295",
                    "maquette.hunyuan.steps", "20",
                    "maquette.hunyuan.octree-resolution", "512",
                    "maquette.hunyuan.faces", "90000",
                    "maquette.hunyuan.guidance", "7.5")));
    assertThat(provider.submit(REQUEST).requestId()).isEqualTo("seed 4294967295");
    JsonObject sent = simulator.received(this::isSubmission).get(0).json();
    assertThat(sent.getBoolean("texture")).isFalse();
    assertThat(sent.getInt("num_inference_steps")).isEqualTo(20);
    assertThat(sent.getInt("octree_resolution")).isEqualTo(512);
    assertThat(sent.getInt("face_count")).isEqualTo(90_000);
    assertThat(sent.getJsonNumber("guidance_scale").doubleValue()).isEqualTo(7.5);
    assertThat(simulator.complaints()).isEmpty();
  }

  @Test
  void a_value_that_the_server_does_not_take_names_its_setting() {
    simulator.next(
        this::isSubmission,
        Simulator.instead(
            Answer.json(
                422,
                "{\"detail\":[{\"loc\":[\"body\",\"num_inference_steps\"],"
                    + "\"msg\":\"Input should be less than or equal to 20\"}]}")));
    assertThat(failure(() -> provider.submit(REQUEST)))
        .hasMessageStartingWith("check maquette.hunyuan.steps: ");
  }

  @Test
  void options_of_the_user_replace_the_settings() throws Exception {
    ModelOptions options =
        new ModelOptions(
            Optional.of(5_000),
            Optional.empty(),
            Optional.of(true),
            Optional.empty(),
            Optional.of(7L),
            Optional.empty());
    provider.submit(new ModelRequest(REQUEST.picture(), REQUEST.prompt(), options));
    JsonObject sent = simulator.received(this::isSubmission).get(0).json();
    assertThat(sent.getInt("face_count")).isEqualTo(5_000);
    assertThat(sent.getInt("seed")).isEqualTo(7);
    assertThat(sent.getBoolean("texture")).isTrue();
  }
}
