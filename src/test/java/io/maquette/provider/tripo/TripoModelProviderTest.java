package io.maquette.provider.tripo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.it.simulator.Tetrahedron;
import io.maquette.it.simulator.TripoSimulator;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelCapabilities;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelProviderContract;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.NumberRange;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import io.maquette.storage.Downloads;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.TestDownloads;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TripoModelProviderTest extends ModelProviderContract<TripoSimulator> {

  @Override
  protected TripoSimulator newSimulator() {
    return new TripoSimulator(KEY);
  }

  @Override
  protected ModelProvider newProvider(Downloads files) {
    return new TripoModelProvider(client(TripoClient.class), settings(Map.of()), files);
  }

  @Override
  protected Setting<?> subject() {
    return ProviderSetting.TRIPO_MODEL;
  }

  private static Settings settings(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(Map.of("maquette.tripo.api-key", KEY));
    values.putAll(more);
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  private ModelProvider providerWith(String model) {
    return new TripoModelProvider(
        client(TripoClient.class),
        settings(Map.of("maquette.tripo.model", model)),
        TestDownloads.from(simulator.host()));
  }

  @Override
  protected boolean isSubmission(Received request) {
    return TripoSimulator.isSubmission(request);
  }

  @Override
  protected boolean isQuestion(Received request) {
    return TripoSimulator.isQuery(request);
  }

  /** Returns 2: the upload of the picture, and the submission. */
  @Override
  protected int requestsPerSubmission() {
    return 2;
  }

  @Override
  protected int acceptedSubmissions() {
    return simulator.accepted();
  }

  private static Answer error(int status, int code) {
    return TripoSimulator.error(status, code, "as asked for " + KEY);
  }

  @Override
  protected Answer refused() {
    return error(400, 2008);
  }

  @Override
  protected Answer unavailable() {
    return error(500, 1001);
  }

  @Override
  protected Optional<Answer> throttled() {
    return Optional.of(error(429, 2000));
  }

  @Override
  protected Optional<Answer> unauthorised() {
    return Optional.of(error(401, 2));
  }

  @Override
  protected Optional<Answer> outOfCredit() {
    return Optional.of(error(403, 2010));
  }

  @Override
  protected Answer retired() {
    return error(400, 2015);
  }

  @Override
  protected Optional<Answer> lost() {
    return Optional.of(error(404, 2001));
  }

  @Override
  protected Cancellation cancellationOfWaitingJob() {
    return Cancellation.CANNOT_STOP;
  }

  private JobState told(String data) throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.next(
        this::isQuestion,
        Simulator.instead(Answer.json(200, "{\"code\":0,\"data\":" + data + "}")));
    return provider.query(jobId);
  }

  private JsonObject sent() {
    return simulator.received(this::isSubmission).get(0).json();
  }

  @Test
  void the_picture_is_uploaded_and_the_model_is_that_of_the_setting() throws Exception {
    Submission submission = provider.submit(REQUEST);
    assertThat(sent().keySet()).containsExactlyInAnyOrder("input", "model");
    assertThat(sent().getString("model")).isEqualTo("v3.1-20260211");
    assertThat(submission.requestId()).isEqualTo("trace-1");
  }

  @Test
  void a_failed_upload_submits_nothing() {
    for (Answer answer :
        new Answer[] {error(503, 1000), error(429, 2000), Answer.json(200, "{\"code\":0}")}) {
      simulator.next(TripoSimulator::isUpload, Simulator.instead(answer));
      assertThat(failure(() -> provider.submit(REQUEST)).problem())
          .isIn(Problem.UNAVAILABLE, Problem.THROTTLED);
    }
    simulator.next(TripoSimulator::isUpload, Simulator.acceptThenDrop());
    simulator.next(TripoSimulator::isUpload, Simulator.acceptThenDrop());
    assertThat(failure(() -> provider.submit(REQUEST)).problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(simulator.received(this::isSubmission)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 1004, REFUSED",
    "400, 1003, REFUSED",
    "403, 1005, UNAUTHORISED",
    "500, 1000, UNAVAILABLE",
    "504, 1000, OUTCOME_UNKNOWN",
    "200, 2010, OUT_OF_CREDIT",
    "200, 2000, THROTTLED",
    "200, 2008, REFUSED",
    "200, 2, UNAUTHORISED",
    "200, 2015, RETIRED",
    "200, 9999, UNAVAILABLE"
  })
  void its_codes_are_understood(int status, int code, Problem problem) {
    simulator.next(this::isSubmission, Simulator.instead(error(status, code)));
    ProviderException failure = failure(() -> provider.submit(REQUEST));
    assertThat(failure.problem()).isEqualTo(problem);
    assertThat(failure).hasMessageContaining("req-0123456789");
    assertThat(acceptedSubmissions()).isZero();
  }

  @Test
  void a_model_that_is_gone_names_the_setting_and_the_default() {
    ProviderException failure = failure(() -> providerWith("v1.4-20240625").submit(REQUEST));
    assertThat(failure.problem()).isEqualTo(Problem.RETIRED);
    assertThat(failure)
        .hasMessageStartingWith(
            "check maquette.tripo.model (default of this version: v3.1-20260211): HTTP 400, ");
  }

  @Test
  void a_value_of_the_model_that_tripo_does_not_allow_names_the_setting() {
    simulator.next(
        this::isSubmission,
        Simulator.instead(
            TripoSimulator.error(400, 1004, "model must be one of: P2-20260801, v3.1-20260211")));
    assertThat(failure(() -> provider.submit(REQUEST)))
        .hasMessageStartingWith("check maquette.tripo.model ");
    simulator.next(
        this::isSubmission,
        Simulator.instead(TripoSimulator.error(400, 1004, "model_seed must be a number")));
    assertThat(failure(() -> provider.submit(REQUEST)).problem()).isEqualTo(Problem.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "failed, 1001, UNAVAILABLE",
    "failed, 2008, REFUSED",
    "banned, 0, REFUSED",
    "cancelled, 0, REFUSED",
    "expired, 0, UNAVAILABLE",
    "something_new, 0, UNAVAILABLE"
  })
  void why_a_task_ended_decides_whether_it_is_tried_again(String end, int code, Problem problem)
      throws Exception {
    simulator.endNext(end, code);
    JobState state = end(provider.submit(REQUEST).jobId());
    assertThat(state.phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(problem);
    assertThat(state.problem()).hasMessageContaining(end).hasMessageContaining("as asked for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"success\"}",
        "{\"status\":\"success\",\"output\":{}}",
        "{\"status\":\"success\",\"output\":{\"model_url\":\" \"}}"
      })
  void success_without_a_file_is_a_failure(String data) throws Exception {
    JobState state = told(data);
    assertThat(state.phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void progress_is_bounded() throws Exception {
    assertThat(told("{\"status\":\"running\",\"progress\":40}").progress()).isEqualTo(40);
    assertThat(told("{\"status\":\"running\",\"progress\":1e9}").progress()).isEqualTo(99);
    assertThat(told("{\"status\":\"running\"}").progress()).isEqualTo(50);
  }

  @Test
  void an_answer_about_another_task_is_no_state() throws Exception {
    assertThat(failure(() -> told("{\"task_id\":\"x\",\"status\":\"success\"}")).problem())
        .isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_file_elsewhere_is_not_fetched() throws Exception {
    JobState state =
        told("{\"status\":\"success\",\"output\":{\"model_url\":\"https://example.com/m.glb\"}}");
    assertThatThrownBy(() -> state.result().open()).isInstanceOf(ResultFetchException.class);
  }

  @Test
  void the_rendered_picture_is_the_preview() throws Exception {
    JobState state = end(provider.submit(REQUEST).jobId());
    try (InputStream file = state.preview().open()) {
      assertThat(file.readAllBytes()).isEqualTo(Tetrahedron.png());
    }
  }

  @Test
  void a_forgotten_task_is_lost() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.forgetTasks();
    assertThat(failure(() -> provider.query(jobId))).isInstanceOf(JobLostException.class);
    simulator.next(this::isQuestion, Simulator.instead(error(200, 2001)));
    assertThat(failure(() -> provider.query(jobId))).isInstanceOf(JobLostException.class);
  }

  @Test
  void a_sixth_task_of_a_small_model_is_throttled() throws Exception {
    ModelProvider small = providerWith("P1-20260311");
    assertThat(small.openJobs()).isEqualTo(5);
    for (int task = 0; task < small.openJobs(); task++) {
      small.submit(REQUEST);
    }
    assertThat(failure(() -> small.submit(REQUEST)).problem()).isEqualTo(Problem.THROTTLED);
    assertThat(provider.openJobs()).isEqualTo(10);
  }

  @Test
  void a_missing_key_is_reported_at_the_start() {
    provider.check();
    assertThatThrownBy(
            () ->
                new TripoModelProvider(null, settings(Map.of("maquette.tripo.api-key", "")), null)
                    .check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("maquette.tripo.api-key is not set, but maquette.provider.model names tripo");
  }

  @Test
  void options_are_sent() throws Exception {
    provider.submit(request(true, Optional.of(true)));
    assertThat(sent().getInt("face_limit")).isEqualTo(5_000);
    assertThat(sent().getBoolean("texture")).isTrue();
    assertThat(sent().getBoolean("pbr")).isTrue();
    assertThat(sent().getInt("model_seed")).isEqualTo(7);
    assertThat(sent().getInt("texture_seed")).isEqualTo(7);
  }

  @Test
  void a_model_without_a_texture_has_no_pbr_materials() throws Exception {
    provider.submit(request(false, Optional.empty()));
    assertThat(sent().getBoolean("texture")).isFalse();
    assertThat(sent().getBoolean("pbr")).isFalse();
    assertThat(sent()).doesNotContainKey("texture_seed");
  }

  private static ModelRequest request(boolean texture, Optional<Boolean> pbr) {
    ModelOptions options =
        new ModelOptions(
            Optional.of(5_000),
            Optional.empty(),
            Optional.of(texture),
            pbr,
            Optional.of(7L),
            Optional.empty());
    return new ModelRequest(REQUEST.picture(), REQUEST.prompt(), options);
  }

  @Test
  void the_range_of_faces_is_that_of_the_model() {
    assertThat(providerWith("P2-20260801").capabilities().mesh().faces())
        .contains(new NumberRange(50, 50_000));
    assertThat(providerWith("P1-20260311").capabilities().mesh().faces())
        .contains(new NumberRange(50, 20_000));
    ModelCapabilities other = providerWith("v3.0-20250812").capabilities();
    assertThat(other.mesh().faces()).isEmpty();
  }

  @Test
  void the_address_may_contain_the_version() {
    for (String url : new String[] {"/v3", "/v3/", "/v3/tasks", "/v3/generation/image-to-model"}) {
      assertThat(
              settings(Map.of("maquette.tripo.url", simulator.url() + url))
                  .get(ProviderSetting.TRIPO_URL))
          .satisfies(
              address ->
                  assertThat(TripoModelProvider.address(address)).isEqualTo(simulator.url()));
    }
  }
}
