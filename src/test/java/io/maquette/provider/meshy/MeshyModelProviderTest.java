package io.maquette.provider.meshy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.it.simulator.Tetrahedron;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelProviderContract;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Retirement;
import io.maquette.storage.Downloads;
import io.maquette.storage.ResultFetchException;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshyModelProviderTest extends ModelProviderContract<MeshySimulator> {

  private static final String PATH = "/openapi/v1/image-to-3d";

  @Override
  protected MeshySimulator newSimulator() {
    return new MeshySimulator(KEY);
  }

  @Override
  protected ModelProvider newProvider(Downloads files) {
    return new MeshyModelProvider(client(MeshyClient.class), settings(KEY), files);
  }

  private static Settings settings(String key) {
    return settings(Map.of("maquette.meshy.api-key", key));
  }

  private static Settings settings(Map<String, String> values) {
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  private ModelProvider providerWith(String model) {
    return new MeshyModelProvider(
        client(MeshyClient.class),
        settings(Map.of("maquette.meshy.api-key", KEY, "maquette.meshy.model", model)),
        null);
  }

  @Override
  protected boolean isSubmission(Received request) {
    return request.method().equals("POST");
  }

  @Override
  protected boolean isQuestion(Received request) {
    return request.method().equals("GET") && request.uri().getPath().startsWith(PATH);
  }

  private static boolean isDeletion(Received request) {
    return request.method().equals("DELETE");
  }

  @Override
  protected int acceptedSubmissions() {
    return simulator.acceptedSubmissions();
  }

  @Override
  protected Answer refused() {
    return MeshySimulator.error(400, "image_url: unsupported image format");
  }

  @Override
  protected Answer unavailable() {
    return MeshySimulator.error(503, "The server is busy");
  }

  @Override
  protected Optional<Answer> throttled() {
    return Optional.of(MeshySimulator.error(429, "NoMoreConcurrentTasks"));
  }

  @Override
  protected Optional<Answer> unauthorised() {
    return Optional.of(MeshySimulator.error(401, "Invalid API key: " + KEY));
  }

  @Override
  protected Optional<Answer> outOfCredit() {
    return Optional.of(MeshySimulator.error(402, "Insufficient funds"));
  }

  @Override
  protected Answer retired() {
    return MeshySimulator.error(404, "Not found");
  }

  @Override
  protected Optional<Answer> lost() {
    return Optional.of(MeshySimulator.error(404, "Task not found"));
  }

  @Override
  protected Cancellation cancellationOfWaitingJob() {
    return Cancellation.STOPPED;
  }

  @Override
  protected Setting<?> subject() {
    return ProviderSetting.MESHY_MODEL;
  }

  @Test
  void the_default_model_is_pinned_and_one_format_is_made() throws Exception {
    provider.submit(REQUEST);
    JsonObject sent = simulator.received(this::isSubmission).get(0).json();
    assertThat(sent.getString("ai_model")).isEqualTo("meshy-7.1");
    assertThat(sent.getJsonArray("target_formats")).hasToString("[\"glb\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"meshy-5", "meshy-t1", "meshy-99"})
  void a_retired_model_names_the_setting_and_the_default(String model) {
    ProviderException failure = failure(() -> providerWith(model).submit(REQUEST));
    assertThat(failure.problem()).isEqualTo(Problem.RETIRED);
    assertThat(failure)
        .hasMessageStartingWith("check maquette.meshy.model (default of this version: meshy-7.1): ")
        .hasMessageContaining("use meshy-7.1");
    assertThat(simulator.acceptedSubmissions()).isZero();
  }

  @Test
  void a_deprecated_model_works_and_its_deprecation_is_kept() throws Exception {
    providerWith("meshy-7").submit(REQUEST);
    assertThat(retirements.list())
        .containsExactly(
            new Retirement(
                "meshy",
                "maquette.meshy.model",
                Instant.ofEpochSecond(MeshySimulator.DEPRECATED_AT),
                null,
                null,
                "https://docs.meshy.ai/api/deprecations"));
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_input, moderation_blocked, REFUSED",
    "invalid_input, image_too_complex, REFUSED",
    "invalid_input, , REFUSED",
    "timeout, timeout, UNAVAILABLE",
    "service_unavailable, , UNAVAILABLE",
    "server_error, , UNAVAILABLE",
    "something_new, , UNAVAILABLE"
  })
  void the_type_of_a_failure_decides_where_there_is_one(String type, String code, Problem problem)
      throws Exception {
    simulator.failNext(type, code, "Invalid image or the server is busy");
    JobState state = end(provider.submit(REQUEST).jobId());
    assertThat(state.problem().problem()).isEqualTo(problem);
    assertThat(state.problem()).hasMessageContaining(code == null ? "FAILED" : code);
  }

  private JobState told(String json) throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.next(this::isQuestion, Simulator.instead(Answer.json(200, json)));
    return provider.query(jobId);
  }

  @Test
  void a_finished_provider_job_has_a_preview_and_its_cost() throws Exception {
    JobState state = end(provider.submit(REQUEST).jobId());
    assertThat(state.credits()).isEqualByComparingTo(BigDecimal.valueOf(MeshySimulator.CREDITS));
    try (InputStream file = state.preview().open()) {
      assertThat(file.readAllBytes()).isEqualTo(Tetrahedron.png());
    }
  }

  @Test
  void a_provider_job_waits_then_runs_with_its_progress() throws Exception {
    simulator.pollsUntilDone(5);
    String jobId = provider.submit(REQUEST).jobId();
    assertThat(provider.query(jobId)).isEqualTo(JobState.waiting());
    assertThat(provider.query(jobId)).isEqualTo(JobState.running(40));
    assertThat(provider.query(jobId)).isEqualTo(JobState.running(60));
  }

  @ParameterizedTest
  @CsvSource({"-5, 0", "0, 0", "99.9, 99", "100, 100", "101, 100", "1e400, 100"})
  void progress_stays_within_its_bounds(String told, int progress) throws Exception {
    assertThat(told("{\"status\":\"IN_PROGRESS\",\"progress\":" + told + "}"))
        .isEqualTo(JobState.running(progress));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"IN_PROGRESS\"}",
        "{\"status\":\"IN_PROGRESS\",\"progress\":null,\"model_urls\":null,\"task_error\":null}"
      })
  void optional_members_may_be_missing(String json) throws Exception {
    assertThat(told(json)).isEqualTo(JobState.running());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"SUCCEEDED\"}",
        "{\"status\":\"SUCCEEDED\",\"model_urls\":{}}",
        "{\"status\":\"SUCCEEDED\",\"model_urls\":{\"glb\":\" \"}}"
      })
  void a_successful_job_without_a_file_is_a_failure(String json) throws Exception {
    JobState state = told(json);
    assertThat(state.phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"DREAMING\"}",
        "{\"id\":\"another\",\"status\":\"IN_PROGRESS\",\"progress\":1}"
      })
  void an_answer_of_another_shape_is_unreadable(String json) {
    assertThat(failure(() -> told(json)).problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_file_on_another_host_is_not_downloaded() throws Exception {
    JobState state =
        told(
            "{\"status\":\"SUCCEEDED\",\"model_urls\":{\"glb\":\"https://example.com/m.glb\"},"
                + "\"thumbnail_url\":\"http://169.254.169.254/secret\"}");
    assertThatThrownBy(() -> state.result().open()).isInstanceOf(ResultFetchException.class);
    assertThatThrownBy(() -> state.preview().open()).isInstanceOf(ResultFetchException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FAILED | The server is busy. Please try again later. | UNAVAILABLE",
        "FAILED | Internal error | UNAVAILABLE",
        "FAILED | '' | UNAVAILABLE",
        "FAILED | The image violates our content policy | REFUSED",
        "FAILED | Flagged by moderation | REFUSED",
        "FAILED | Invalid image | REFUSED",
        "FAILED | The image format is not supported | REFUSED",
        "FAILED | Could not download the image | UNAVAILABLE",
        "EXPIRED | '' | UNAVAILABLE",
        "CANCELED | '' | REFUSED"
      })
  void the_failure_of_a_job_says_whether_to_retry(String status, String words, Problem problem)
      throws Exception {
    simulator.endNext(status, words);
    JobState state = end(provider.submit(REQUEST).jobId());
    assertThat(state.phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(problem);
    assertThat(state.problem()).hasMessageContaining(status).hasMessageContaining(words);
  }

  @Test
  void the_message_of_a_failed_job_is_short_and_has_no_key() throws Exception {
    simulator.failNext("line one\nline two " + KEY + " " + "x".repeat(5_000));
    JobState state = end(provider.submit(REQUEST).jobId());
    assertThat(state.problem().getMessage())
        .hasSizeLessThanOrEqualTo(300)
        .doesNotContain(KEY, "\n")
        .contains("line two");
  }

  @Test
  void meshy_does_not_know_a_job_after_three_days() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.forget();
    assertThat(failure(() -> provider.query(jobId))).isInstanceOf(JobLostException.class);
    assertThat(provider.cancel(jobId)).isEqualTo(Cancellation.CANNOT_STOP);
  }

  @Test
  void a_job_beyond_the_providers_queue_is_throttled() throws Exception {
    for (int task = 0; task < MeshySimulator.QUEUE; task++) {
      provider.submit(REQUEST);
    }
    assertThat(failure(() -> provider.submit(REQUEST)).problem()).isEqualTo(Problem.THROTTLED);
    assertThat(simulator.maxOpenJobs()).isEqualTo(MeshySimulator.QUEUE);
  }

  @Test
  void cancelling_a_waiting_job_removes_it() throws Exception {
    provider.cancel(provider.submit(REQUEST).jobId());
    assertThat(simulator.tasks()).isZero();
  }

  @Test
  void a_job_in_progress_cannot_be_cancelled() throws Exception {
    simulator.pollsUntilDone(9);
    String jobId = provider.submit(REQUEST).jobId();
    provider.query(jobId);
    assertThat(provider.cancel(jobId)).isEqualTo(Cancellation.CANNOT_STOP);
    assertThat(simulator.openJobs()).isEqualTo(1);
  }

  @Test
  void a_job_that_starts_during_its_cancellation_cannot_be_cancelled() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.next(
        MeshyModelProviderTest::isDeletion,
        Simulator.instead(MeshySimulator.error(409, "Task is in progress")));
    assertThat(provider.cancel(jobId)).isEqualTo(Cancellation.CANNOT_STOP);
  }

  @ParameterizedTest
  @CsvSource({"401, UNAUTHORISED", "429, THROTTLED", "500, UNAVAILABLE"})
  void an_unanswered_cancellation_claims_no_effect(int status, Problem problem) throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.next(
        MeshyModelProviderTest::isDeletion, Simulator.instead(MeshySimulator.error(status, "no")));
    assertThat(failure(() -> provider.cancel(jobId)).problem()).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({"403, UNAUTHORISED", "408, OUTCOME_UNKNOWN", "422, REFUSED", "504, OUTCOME_UNKNOWN"})
  void other_states_are_mapped_by_their_http_status(int status, Problem problem) {
    simulator.next(
        this::isSubmission, Simulator.instead(MeshySimulator.error(status, "as HTTP has it")));
    assertThat(failure(() -> provider.submit(REQUEST)))
        .hasMessageContaining("as HTTP has it")
        .extracting("problem")
        .isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "../balance", "a/b", "a?b", "é"})
  void an_invalid_job_id_is_an_unknown_outcome(String id) {
    simulator.next(
        this::isSubmission, Simulator.acceptThen(Answer.json(202, "{\"result\":\"" + id + "\"}")));
    assertThat(failure(() -> provider.submit(REQUEST)).problem())
        .isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  @Test
  void a_missing_key_is_reported_at_start() {
    provider.check();
    assertThatThrownBy(() -> new MeshyModelProvider(null, settings(""), null).check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("maquette.meshy.api-key is not set, but maquette.provider.model names meshy");
  }

  @Test
  void it_costs_money_and_has_three_slots() {
    assertThat(provider.name()).isEqualTo("meshy");
    assertThat(provider.costs()).isTrue();
    assertThat(provider.openJobs()).isEqualTo(3);
    assertThat(provider.requestsPerSecond()).hasValue(20);
  }

  @Test
  void options_are_sent() throws Exception {
    ModelOptions options =
        new ModelOptions(
            Optional.of(5_000),
            Optional.of("quad"),
            Optional.of(true),
            Optional.of(true),
            Optional.empty(),
            Optional.empty());
    provider.submit(new ModelRequest(REQUEST.picture(), REQUEST.prompt(), options));
    JsonObject sent = simulator.received(this::isSubmission).get(0).json();
    assertThat(sent.getInt("target_polycount")).isEqualTo(5_000);
    assertThat(sent.getString("topology")).isEqualTo("quad");
    assertThat(sent.getBoolean("should_remesh")).isTrue();
    assertThat(sent.getBoolean("should_texture")).isTrue();
    assertThat(sent.getBoolean("enable_pbr")).isTrue();
  }

  @Test
  void without_options_no_field_is_sent() throws Exception {
    provider.submit(REQUEST);
    assertThat(simulator.received(this::isSubmission).get(0).json().keySet())
        .containsExactlyInAnyOrder("image_url", "ai_model", "target_formats");
  }
}
