package io.maquette.provider.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.it.simulator.Tetrahedron;
import io.maquette.it.simulator.TokenHubSimulator;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelProviderContract;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.storage.Downloads;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.TestDownloads;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHubModelProviderTest extends ModelProviderContract<TokenHubSimulator> {

  @Override
  protected TokenHubSimulator newSimulator() {
    return new TokenHubSimulator(KEY);
  }

  @Override
  protected ModelProvider newProvider(Downloads files) {
    return new TokenHubModelProvider(client(TokenHubClient.class), settings(Map.of()), files);
  }

  @Override
  protected URI base() {
    return URI.create(simulator.url() + "/v1");
  }

  @Override
  protected Setting<?> subject() {
    return ProviderSetting.TOKENHUB_MODEL;
  }

  private static Settings settings(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(Map.of("maquette.tokenhub.api-key", KEY));
    values.putAll(more);
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  private ModelProvider providerWith(String model) {
    return new TokenHubModelProvider(
        client(TokenHubClient.class),
        settings(Map.of("maquette.tokenhub.model", model)),
        TestDownloads.from(simulator.host()));
  }

  @Override
  protected boolean isSubmission(Received request) {
    return TokenHubSimulator.isSubmission(request);
  }

  @Override
  protected boolean isQuestion(Received request) {
    return TokenHubSimulator.isQuery(request);
  }

  @Override
  protected int acceptedSubmissions() {
    return simulator.accepted();
  }

  private static Answer error(int status, String type, String code) {
    return TokenHubSimulator.error(status, type, code, "as asked for " + KEY);
  }

  @Override
  protected Answer refused() {
    return error(451, "content_filter_error", "451001");
  }

  @Override
  protected Answer unavailable() {
    return error(503, "upstream_error", "503001");
  }

  @Override
  protected Answer broken() {
    return error(502, "upstream_error", "502001");
  }

  @Override
  protected Optional<Answer> throttled() {
    return Optional.of(error(429, "rate_limit_error", "429001"));
  }

  @Override
  protected Optional<Answer> unauthorised() {
    return Optional.of(error(401, "authentication_error", "401002"));
  }

  @Override
  protected Optional<Answer> outOfCredit() {
    return Optional.of(error(402, "permission_error", "401008"));
  }

  @Override
  protected Answer retired() {
    return TokenHubSimulator.error(
        404, "invalid_request_error", "400002", "The model hy-3d-3.1 does not exist");
  }

  @Override
  protected Optional<Answer> lost() {
    return Optional.of(error(400, "upstream_error", "FailedOperation.JobNotFound"));
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

  @Test
  void the_picture_alone_is_sent_and_the_model_is_that_of_the_setting() throws Exception {
    provider.submit(REQUEST);
    JsonObject sent = simulator.received(this::isSubmission).get(0).json();
    assertThat(sent.keySet()).containsExactlyInAnyOrder("model", "image_base64");
    assertThat(sent.getString("model")).isEqualTo("hy-3d-3.1");
  }

  @Test
  void the_express_model_makes_glb_and_one_job_at_a_time() throws Exception {
    ModelProvider express = providerWith("hy-3d-express");
    assertThat(express.openJobs()).isEqualTo(1);
    String jobId = express.submit(REQUEST).jobId();
    assertThat(simulator.received(this::isSubmission).get(0).json().getString("result_format"))
        .isEqualTo("glb");
    assertThat(failure(() -> express.submit(REQUEST)).problem()).isEqualTo(Problem.THROTTLED);
    JobState state = JobState.waiting();
    while (state.phase() != JobState.Phase.DONE) {
      state = provider.query(jobId); // with the model of the submission, not of the settings
    }
    try (InputStream file = state.preview().open()) {
      assertThat(file.readAllBytes()).isEqualTo(Tetrahedron.png());
    }
  }

  @Test
  void a_fourth_job_is_throttled() throws Exception {
    for (int job = 0; job < provider.openJobs(); job++) {
      provider.submit(REQUEST);
    }
    assertThat(failure(() -> provider.submit(REQUEST)).problem()).isEqualTo(Problem.THROTTLED);
    assertThat(acceptedSubmissions()).isEqualTo(3);
  }

  @Test
  void a_model_that_is_gone_names_the_setting_and_the_default() {
    ProviderException failure = failure(() -> providerWith("hy-3d-2.0").submit(REQUEST));
    assertThat(failure.problem()).isEqualTo(Problem.RETIRED);
    assertThat(failure)
        .hasMessageStartingWith(
            "check maquette.tokenhub.model (default of this version: hy-3d-3.1): HTTP 400, ");
  }

  @ParameterizedTest
  @CsvSource({
    "FailedOperation.ImageDecodeFailed, REFUSED",
    "InvalidParameterValue, REFUSED",
    "451001, REFUSED",
    "FailedOperation.ServerError, UNAVAILABLE",
    "InternalError, UNAVAILABLE",
    "ResourceInsufficient, OUT_OF_CREDIT",
    "RequestLimitExceeded.JobNumExceed, THROTTLED",
    "something_new, UNAVAILABLE"
  })
  void why_a_job_failed_decides_whether_it_is_tried_again(String code, Problem problem)
      throws Exception {
    simulator.failNextJob(code);
    JobState state = end(provider.submit(REQUEST).jobId());
    assertThat(state.phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(problem);
    assertThat(state.problem()).hasMessageContaining(code).hasMessageContaining("req-");
  }

  @ParameterizedTest
  @CsvSource({
    "403, 403005, UNAUTHORISED",
    "402, 403004, OUT_OF_CREDIT",
    "400, RequestLimitExceeded.JobNumExceed, THROTTLED",
    "400, 400001, REFUSED",
    "502, RequestLimitExceeded, THROTTLED",
    "504, 504001, OUTCOME_UNKNOWN"
  })
  void its_codes_are_understood(int status, String code, Problem problem) {
    simulator.next(this::isSubmission, Simulator.instead(error(status, "some_error", code)));
    assertThat(failure(() -> provider.submit(REQUEST)).problem()).isEqualTo(problem);
  }

  @Test
  void the_code_of_the_service_behind_it_counts() {
    simulator.next(
        this::isSubmission,
        Simulator.instead(
            Answer.json(
                502,
                "{\"error\":{\"code\":\"502001\",\"source\":\"upstream\","
                    + "\"upstream_code\":\"ResourceInsufficient\"}}")));
    assertThat(failure(() -> provider.submit(REQUEST)).problem()).isEqualTo(Problem.OUT_OF_CREDIT);
  }

  @Test
  void an_error_with_a_status_of_success_is_one() {
    simulator.next(
        this::isSubmission,
        Simulator.instead(
            Answer.json(200, "{\"error\":{\"code\":\"401008\",\"message\":\"no\"}}")));
    assertThat(failure(() -> provider.submit(REQUEST)).problem()).isEqualTo(Problem.OUT_OF_CREDIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"completed\"}",
        "{\"status\":\"completed\",\"data\":[]}",
        "{\"status\":\"completed\",\"data\":[null,{\"type\":\"glb\",\"url\":\" \"}]}"
      })
  void success_without_a_file_is_a_failure(String json) throws Exception {
    JobState state = told(json);
    assertThat(state.phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_failure_without_a_reason_is_tried_again() throws Exception {
    assertThat(told("{\"status\":\"failed\"}").problem().problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_file_elsewhere_is_not_fetched() throws Exception {
    JobState state =
        told(
            "{\"status\":\"completed\",\"data\":"
                + "[{\"type\":\"glb\",\"url\":\"https://example.com/m.glb\"}]}");
    assertThatThrownBy(() -> state.result().open()).isInstanceOf(ResultFetchException.class);
  }

  @Test
  void a_job_of_yesterday_is_lost() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.forgetJobs();
    assertThat(failure(() -> provider.query(jobId))).isInstanceOf(JobLostException.class);
    assertThat(failure(() -> provider.query("12345"))).isInstanceOf(JobLostException.class);
  }

  @Test
  void a_missing_key_is_reported_at_the_start() {
    provider.check();
    assertThatThrownBy(
            () ->
                new TokenHubModelProvider(
                        null, settings(Map.of("maquette.tokenhub.api-key", "")), null)
                    .check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "maquette.tokenhub.api-key is not set, but maquette.provider.model names tokenhub");
  }

  @Test
  void it_costs_money_and_has_room_for_three() {
    assertThat(provider.name()).isEqualTo("tokenhub");
    assertThat(provider.costs()).isTrue();
    assertThat(provider.openJobs()).isEqualTo(3);
    assertThat(provider.requestsPerSecond()).isEmpty();
  }

  @Test
  void options_are_sent() throws Exception {
    ModelOptions options =
        new ModelOptions(
            Optional.of(5_000),
            Optional.empty(),
            Optional.of(false),
            Optional.of(false),
            Optional.empty(),
            Optional.empty());
    provider.submit(new ModelRequest(REQUEST.picture(), REQUEST.prompt(), options));
    JsonObject sent = simulator.received(this::isSubmission).get(0).json();
    assertThat(sent.getInt("face_count")).isEqualTo(5_000);
    assertThat(sent.getString("generate_type")).isEqualTo("Geometry");
    assertThat(sent.getBoolean("enable_pbr")).isFalse();
  }
}
