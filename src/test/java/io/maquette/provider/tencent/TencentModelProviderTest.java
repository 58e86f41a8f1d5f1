package io.maquette.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.config.Settings;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.TencentSimulator;
import io.maquette.mesh.GlbSurface;
import io.maquette.mesh.ModelFactsReader;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.JobState.Phase;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.OperatorException;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultFile;
import io.maquette.provider.Submission;
import io.maquette.provider.http.RestClients;
import io.maquette.storage.Downloads;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.TestDownloads;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Test over a real connection, with a simulator that verifies every signature with independent
 * code.
 */
class TencentModelProviderTest {

  private final TencentSimulator tencent = new TencentSimulator();
  private final Downloads downloads = TestDownloads.from(tencent.host());
  private final Map<String, String> set =
      new HashMap<>(
          Map.of(
              "maquette.tencent.secret-id", TencentSimulator.SECRET_ID,
              "maquette.tencent.secret-key", TencentSimulator.SECRET_KEY));

  @AfterEach
  void close() {
    tencent.close();
  }

  private int readMillis = 2_000;

  private TencentModelProvider provider() {
    return provider(tencent.url(), Clock.systemUTC());
  }

  private TencentModelProvider provider(URI url, Clock clock) {
    Settings settings = Settings.read(name -> Optional.ofNullable(set.get(name)));
    TencentClient client =
        RestClients.builder(url, 2_000, readMillis)
            .register(new Tc3Signing(settings, clock))
            .build(TencentClient.class);
    return new TencentModelProvider(client, settings, downloads);
  }

  private TencentModelProvider pro() {
    set.put("maquette.tencent.tier", "pro");
    return provider();
  }

  private static ModelRequest request(int width, int height) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", content);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new ModelRequest(new Picture(content.toByteArray(), "image/png"), "一只猫");
  }

  private static ModelRequest request() {
    return request(256, 256);
  }

  private static JobState untilDone(TencentModelProvider provider, String job)
      throws ProviderException {
    JobState state = provider.query(job);
    for (int i = 0; i < 10 && state.phase() != Phase.DONE; i++) {
      state = provider.query(job);
    }
    return state;
  }

  private static byte[] content(ResultFile file) throws IOException {
    try (InputStream content = file.open()) {
      return content.readAllBytes();
    }
  }

  private interface Call {
    Object make() throws ProviderException;
  }

  /** Returns the problem of a call; asserts that its message does not contain the key. */
  private static ProviderException failure(Call call) {
    ProviderException failure = catchThrowableOfType(ProviderException.class, call::make);
    assertThat(failure).isNotNull();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage())).doesNotContain(TencentSimulator.SECRET_KEY);
    }
    return failure;
  }

  private static Problem problem(Call call) {
    return failure(call).problem();
  }

  // -- phases of a job

  @Test
  void a_rapid_job_waits_runs_and_gives_a_model() throws Exception {
    TencentModelProvider provider = provider();
    Submission submission = provider.submit(request());
    assertThat(submission.jobId()).matches("rapid:\\d{19}");
    assertThat(submission.requestId()).isNotBlank();

    assertThat(provider.query(submission.jobId())).isEqualTo(JobState.waiting());
    assertThat(provider.query(submission.jobId())).isEqualTo(JobState.running());
    JobState done = provider.query(submission.jobId());
    assertThat(done.phase()).isEqualTo(Phase.DONE);
    assertThat(done.credits()).isNull();
    byte[] model = content(done.result());
    assertThat(model).isEqualTo(TencentSimulator.model());
    assertThat(content(done.preview())).isEqualTo(TencentSimulator.previewPicture());
    assertThat(ModelFactsReader.read(new ByteArrayInputStream(model)))
        .isEqualTo(new ModelFactsReader.Facts(4, 4));
    GlbSurface.of(model).assertClosed();
    assertThat(tencent.complaints()).isEmpty();
  }

  @Test
  void a_pro_job_gives_the_glb_of_its_files_and_its_cost() throws Exception {
    TencentModelProvider provider = pro();
    String job = provider.submit(request()).jobId();
    assertThat(job).startsWith("pro:");
    JobState done = untilDone(provider, job);
    assertThat(done.credits()).isEqualTo(new BigDecimal(TencentSimulator.PRO_CREDITS));
    assertThat(content(done.result())).isEqualTo(TencentSimulator.model());
    assertThat(content(done.preview())).isEqualTo(TencentSimulator.previewPicture());
    assertThat(tencent.complaints()).isEmpty();
  }

  @Test
  void a_provider_job_is_queried_by_the_action_that_made_it() throws Exception {
    String rapid = provider().submit(request()).jobId();
    String pro = pro().submit(request()).jobId();
    assertThat(untilDone(pro(), rapid).phase()).isEqualTo(Phase.DONE);
    set.put("maquette.tencent.tier", "rapid");
    assertThat(untilDone(provider(), pro).phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void only_the_picture_and_the_format_are_sent() throws Exception {
    provider().submit(request());
    pro().submit(request());
    assertThat(tencent.received(TencentSimulator::isSubmission))
        .extracting(request -> request.json().keySet().toString())
        .containsExactly("[ImageBase64, ResultFormat]", "[ImageBase64]");
  }

  @Test
  void a_large_picture_is_signed_and_sent_whole() throws Exception {
    BufferedImage noise = new BufferedImage(1200, 1200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 1200 * 1200; i++) {
      noise.setRGB(i % 1200, i / 1200, random.nextInt());
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ImageIO.write(noise, "png", content);
    assertThat(content.size()).isGreaterThan(4 << 20);
    provider().submit(new ModelRequest(new Picture(content.toByteArray(), "image/png"), "noise"));
    assertThat(tencent.complaints()).isEmpty();
  }

  @Test
  void an_expired_url_is_replaced_by_the_next_query() throws Exception {
    TencentModelProvider provider = provider();
    String job = provider.submit(request()).jobId();
    tencent.expireNextAddresses();
    JobState expired = untilDone(provider, job);
    assertThatThrownBy(() -> content(expired.result()))
        .isInstanceOf(ResultFetchException.class)
        .hasMessageContaining("403")
        .hasMessageNotContaining("q-signature");
    assertThat(content(provider.query(job).result())).isEqualTo(TencentSimulator.model());
  }

  @Test
  void tencent_cannot_cancel_a_job() throws Exception {
    TencentModelProvider provider = provider();
    String job = provider.submit(request()).jobId();
    int calls = tencent.received().size();
    assertThat(provider.cancel(job)).isEqualTo(Cancellation.CANNOT_STOP);
    assertThat(tencent.received()).hasSize(calls);
  }

  // -- choice of the model file

  private JobState doneWith(String files) throws ProviderException {
    tencent.next(
        TencentSimulator::isQuery,
        Simulator.instead(
            Answer.json(
                200,
                "{\"Response\":{\"Status\":\"DONE\",\"RequestId\":\"r\",\"ResultFile3Ds\":"
                    + files.replace("$", tencent.url() + "/files")
                    + "}}")));
    return provider().query("rapid:1");
  }

  @Test
  void the_first_bytes_decide_if_the_type_is_missing() throws Exception {
    JobState done =
        doneWith(
            "[{\"Type\":\"GIF\",\"Url\":\"$/1.png\"},{\"Type\":\"OBJ\",\"Url\":\"$/1.zip\"},"
                + "{\"Url\":\"$/1.glb\"}]");
    assertThat(content(done.result())).isEqualTo(TencentSimulator.model());
    assertThat(done.preview()).isNull();
  }

  @Test
  void glb_is_preferred() throws Exception {
    content(
        doneWith("[{\"Type\":\"OBJ\",\"Url\":\"$/1.zip\"},{\"Type\":\"glb\",\"Url\":\"$/1.glb\"}]")
            .result());
    assertThat(tencent.received(request -> request.uri().getPath().endsWith(".zip"))).isEmpty();
  }

  @Test
  void files_without_a_model_are_refused() throws Exception {
    JobState done =
        doneWith("[{\"Type\":\"OBJ\",\"Url\":\"$/1.zip\"},{\"Type\":\"GLB\",\"Url\":\"$/1.png\"}]");
    assertThatThrownBy(() -> content(done.result()))
        .isInstanceOf(ResultFetchException.class)
        .hasMessageContaining("is image/png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "[null]", "[{}]", "[{\"Type\":\"GLB\",\"Url\":\" \"}]"})
  void a_finished_job_without_a_file_is_a_failure(String files) throws Exception {
    JobState state = doneWith(files);
    assertThat(state.phase()).isEqualTo(Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(state.problem()).hasMessageContaining("finished without a file");
  }

  @Test
  void a_result_on_another_host_is_not_downloaded() throws Exception {
    JobState done = doneWith("[{\"Type\":\"GLB\",\"Url\":\"https://example.com/a.glb\"}]");
    assertThatThrownBy(() -> content(done.result()))
        .isInstanceOf(ResultFetchException.class)
        .hasMessageContaining("must not be downloaded from https://example.com");
  }

  // -- limits

  @Test
  void one_rapid_job_and_three_pro_jobs_may_be_open() throws Exception {
    TencentModelProvider rapid = provider();
    assertThat(rapid.openJobs()).isEqualTo(1);
    assertThat(rapid.requestsPerSecond()).hasValue(20);
    rapid.submit(request());
    assertThat(problem(() -> rapid.submit(request()))).isEqualTo(Problem.THROTTLED);

    TencentModelProvider pro = pro();
    assertThat(pro.openJobs()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      pro.submit(request());
    }
    assertThat(problem(() -> pro.submit(request()))).isEqualTo(Problem.THROTTLED);
    assertThat(tencent.accepted()).isEqualTo(4);
    assertThat(tencent.mostOpen(TencentSimulator.Tier.PRO)).isEqualTo(3);
    assertThat(tencent.complaints()).isEmpty();
  }

  @Test
  void a_finished_job_that_still_counts_as_open_delays_the_next_one() throws Exception {
    tencent.lingering(Duration.ofHours(1));
    TencentModelProvider provider = provider();
    untilDone(provider, provider.submit(request()).jobId());
    assertThat(problem(() -> provider.submit(request()))).isEqualTo(Problem.THROTTLED);
    tencent.lingering(Duration.ZERO);
    provider.submit(request());
  }

  @ParameterizedTest
  @CsvSource({"100, 256", "256, 5001"})
  void a_picture_that_the_provider_refuses_fails_the_task(int width, int height) {
    assertThat(problem(() -> provider().submit(request(width, height)))).isEqualTo(Problem.REFUSED);
    assertThat(tencent.accepted()).isZero();
  }

  // -- keys, clocks, versions

  @ParameterizedTest
  @CsvSource({
    "maquette.tencent.secret-key, wrong, AuthFailure.SignatureFailure",
    "maquette.tencent.secret-id, AKIDwrong, AuthFailure.SecretIdNotFound"
  })
  void a_wrong_key_must_be_changed_by_operators(String name, String value, String code) {
    set.put(name, value);
    ProviderException failure = failure(() -> provider().submit(request()));
    assertThat(failure.problem()).isEqualTo(Problem.UNAUTHORISED);
    assertThat(failure).hasMessageContaining(code).hasMessageContaining("(request ");
  }

  @ParameterizedTest
  @ValueSource(ints = {-310, 310})
  void a_wrong_clock_is_named_in_the_problem(int seconds) {
    tencent.clockAhead(Duration.ofSeconds(seconds));
    ProviderException failure = failure(() -> provider().submit(request()));
    assertThat(failure.problem()).isEqualTo(Problem.UNAUTHORISED);
    assertThat(failure)
        .hasMessageContaining("AuthFailure.SignatureExpire")
        .hasMessageContaining("check the clock of this node");
  }

  @Test
  void the_signed_time_is_the_applications_time() throws Exception {
    tencent.clockAhead(Duration.ofDays(-400));
    provider(tencent.url(), Clock.offset(Clock.systemUTC(), Duration.ofDays(-400)))
        .submit(request());
    assertThat(tencent.complaints()).isEmpty();
  }

  @Test
  void retired_actions_and_versions_do_not_fail_the_task() {
    tencent.offline(true);
    assertThat(failure(() -> provider().submit(request())))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("ActionOffline")
        .hasMessageContaining("maquette.tencent.version");
    tencent.offline(false);
    set.put("maquette.tencent.version", "2023-09-01");
    assertThat(failure(() -> provider().submit(request())))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("NoSuchVersion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"maquette.tencent.secret-id", "maquette.tencent.secret-key"})
  void without_a_key_it_does_not_start(String name) {
    provider().check();
    set.remove(name);
    assertThatThrownBy(() -> provider().check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(name + " is not set, but maquette.provider.model names tencent");
  }

  // -- codes

  @ParameterizedTest
  @CsvSource({
    "AuthFailure.TokenFailure, UNAUTHORISED",
    "AuthFailure.UnauthorizedOperation, UNAUTHORISED",
    "UnauthorizedOperation, UNAUTHORISED",
    "UnsupportedRegion, UNAUTHORISED",
    "IpNotInWhitelist, UNAUTHORISED",
    "ResourceUnavailable.NotExist, UNAUTHORISED",
    "RequestLimitExceeded, THROTTLED",
    "RequestLimitExceeded.UinLimitExceeded, THROTTLED",
    "RequestLimitExceeded.JobNumExceed, THROTTLED",
    "LimitExceeded, THROTTLED",
    "FailedOperation.JobQueueFull, THROTTLED",
    "ResourceInsufficient, OUT_OF_CREDIT",
    "ResourceInsufficient.ChargeResourceExhaust, OUT_OF_CREDIT",
    "ResourceUnavailable.InArrears, OUT_OF_CREDIT",
    "ResourceUnavailable.LowBalance, OUT_OF_CREDIT",
    "InvalidParameter, REFUSED",
    "InvalidParameterValue.Image, REFUSED",
    "MissingParameter, REFUSED",
    "UnknownParameter, REFUSED",
    "OperationDenied.ImageIllegalDetected, REFUSED",
    "FailedOperation.ImageSizeExceed, REFUSED",
    "RequestSizeLimitExceeded, REFUSED",
    "InternalError, UNAVAILABLE",
    "ServiceUnavailable, UNAVAILABLE",
    "FailedOperation, UNAVAILABLE",
    "FailedOperation.ServerError, UNAVAILABLE",
    "FailedOperation.DownloadError, UNAVAILABLE",
    "ResourceUnavailable.IsOpening, UNAVAILABLE",
    "SomethingNew.Altogether, UNAVAILABLE"
  })
  void an_error_code_means_the_same_problem_in_every_place(String code, Problem problem)
      throws Exception {
    TencentModelProvider provider = provider();
    tencent.failNext(code);
    ProviderException call = failure(() -> provider.submit(request()));
    assertThat(call.problem()).isEqualTo(problem);
    assertThat(call).hasMessageContaining(code);
    assertThat(call instanceof OutageException).isEqualTo(problem == Problem.UNAVAILABLE);
    assertThat(tencent.accepted()).isZero();

    tencent.failNextJob(code);
    tencent.pollsUntilDone(0);
    String job = provider.submit(request()).jobId();
    JobState state = provider.query(job);
    assertThat(state.phase()).isEqualTo(Phase.FAIL);
    assertThat(state.problem().problem()).isEqualTo(problem);
    assertThat(state.problem()).hasMessageContaining(code);

    tencent.failNext(code);
    assertThat(problem(() -> provider.query(job))).isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ActionOffline",
        "InvalidAction",
        "NoSuchProduct",
        "NoSuchVersion",
        "UnsupportedVersion"
      })
  void a_retired_interface_is_recognised(String code) {
    tencent.failNext(code);
    assertThat(failure(() -> provider().submit(request()))).isInstanceOf(OperatorException.class);
    tencent.failNext(code);
    assertThat(failure(() -> provider().query("pro:1"))).isInstanceOf(OperatorException.class);
  }

  @Test
  void a_timeout_inside_the_provider_leaves_the_outcome_unknown() throws Exception {
    tencent.failNext("FailedOperation.RequestTimeout");
    assertThat(problem(() -> provider().submit(request()))).isEqualTo(Problem.OUTCOME_UNKNOWN);
    tencent.failNext("FailedOperation.RequestTimeout");
    assertThat(problem(() -> provider().query("rapid:1"))).isEqualTo(Problem.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FailedOperation.JobNotExist",
        "FailedOperation.JobNotFound",
        "ResourceNotFound.X"
      })
  void a_forgotten_provider_job_is_lost(String code) {
    tencent.failNext(code);
    assertThat(failure(() -> provider().query("rapid:1"))).isInstanceOf(JobLostException.class);
    tencent.next(
        TencentSimulator::isQuery,
        Simulator.instead(Answer.json(200, "{\"Response\":{\"ErrorCode\":\"" + code + "\"}}")));
    assertThat(failure(() -> provider().query("rapid:1"))).isInstanceOf(JobLostException.class);
  }

  @Test
  void an_unknown_provider_job_is_lost() throws Exception {
    TencentModelProvider provider = provider();
    String job = provider.submit(request()).jobId();
    assertThat(failure(() -> provider.query(job.replace("rapid:", "pro:"))))
        .isInstanceOf(JobLostException.class);
    tencent.forgetJobs();
    assertThat(failure(() -> provider.query(job))).isInstanceOf(JobLostException.class);
    assertThat(failure(() -> provider.query("1357"))).isInstanceOf(JobLostException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, MISCONFIGURED, MISCONFIGURED",
    "401, UNAUTHORISED, UNAUTHORISED",
    "429, THROTTLED, THROTTLED",
    "302, MISCONFIGURED, MISCONFIGURED",
    "500, UNAVAILABLE, UNAVAILABLE",
    "502, OUTCOME_UNKNOWN, UNAVAILABLE",
    "503, UNAVAILABLE, UNAVAILABLE",
    "504, OUTCOME_UNKNOWN, UNAVAILABLE"
  })
  void an_http_error_is_mapped(int status, Problem submission, Problem question) {
    Simulator.Fault fault =
        Simulator.instead(Answer.json(status, "<html>").with("Retry-After", "7"));
    tencent.always(request -> true, fault);
    ProviderException failure = failure(() -> provider().submit(request()));
    assertThat(failure.problem()).isEqualTo(submission);
    if (!submission.isForOperator()) { // otherwise the settings decide the time of the retry
      assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }
    assertThat(problem(() -> provider().query("rapid:1"))).isEqualTo(question);
  }

  // -- failures of the connection

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("no JSON", Simulator.acceptThen(Answer.json(200, "OK"))),
        Arguments.of("cut JSON", Simulator.acceptThen(Answer.json(200, "{\"Response\":{\"Jo"))),
        Arguments.of("other JSON", Simulator.acceptThen(Answer.json(200, "[1]"))),
        Arguments.of("a wrong type", Simulator.acceptThen(Answer.json(200, "{\"Response\":7}"))),
        Arguments.of("an empty body", Simulator.acceptThen(Answer.json(200, ""))),
        Arguments.of("null", Simulator.acceptThen(Answer.json(200, "null"))),
        Arguments.of("no Response", Simulator.acceptThen(Answer.json(200, "{}"))),
        Arguments.of(
            "an empty Response", Simulator.acceptThen(Answer.json(200, "{\"Response\":{}}"))),
        Arguments.of(
            "a blank id and status",
            Simulator.acceptThen(
                Answer.json(200, "{\"Response\":{\"JobId\":\" \",\"Status\":\" \"}}"))),
        Arguments.of(
            "an odd id and status",
            Simulator.acceptThen(
                Answer.json(
                    200,
                    "{\"Response\":{\"JobId\":\"" + "9".repeat(200) + "\",\"Status\":\"NEW\"}}"))),
        Arguments.of("a dropped connection", Simulator.acceptThenDrop()),
        Arguments.of(
            "a huge body",
            Simulator.huge(
                "application/json",
                "{\"Response\":{\"JobId\":\"".getBytes(StandardCharsets.UTF_8),
                64L << 20)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void any_unreadable_answer_leaves_one_submission_with_an_unknown_outcome(
      String name, Simulator.Fault fault) {
    tencent.next(TencentSimulator::isSubmission, fault);
    ProviderException failure = failure(() -> provider().submit(request()));
    assertThat(failure.problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(tencent.received(TencentSimulator::isSubmission)).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void an_unanswered_query_is_repeated(String name, Simulator.Fault fault) throws Exception {
    TencentModelProvider provider = provider();
    String job = provider.submit(request()).jobId();
    tencent.next(TencentSimulator::isQuery, fault);
    assertThat(failure(() -> provider.query(job)))
        .isExactlyInstanceOf(OutageException.class)
        .extracting(ProviderException::problem)
        .isEqualTo(Problem.UNAVAILABLE);
    assertThat(untilDone(provider, job).phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void a_missing_or_endless_answer_times_out() throws Exception {
    readMillis = 500;
    for (Simulator.Fault fault : List.of(tencent.acceptThenHang(), tencent.slowly(3_000))) {
      tencent.next(TencentSimulator::isSubmission, fault);
      int before = tencent.received(TencentSimulator::isSubmission).size();
      long begun = System.nanoTime();
      assertThat(problem(() -> provider().submit(request()))).isEqualTo(Problem.OUTCOME_UNKNOWN);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      assertThat(tencent.received(TencentSimulator::isSubmission)).hasSize(before + 1);
      tencent.forgetJobs();
    }
  }

  @Test
  void without_a_listener_nothing_was_submitted() {
    TencentModelProvider provider = provider();
    tencent.close();
    assertThat(problem(() -> provider.submit(request()))).isEqualTo(Problem.UNAVAILABLE);
    assertThat(problem(() -> provider.query("rapid:1"))).isEqualTo(Problem.UNAVAILABLE);
  }
}
