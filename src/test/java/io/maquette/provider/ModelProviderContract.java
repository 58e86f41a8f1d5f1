package io.maquette.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import io.maquette.config.Setting;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Fault;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.it.simulator.TencentSimulator;
import io.maquette.it.simulator.Tetrahedron;
import io.maquette.mesh.ModelFactsReader;
import io.maquette.provider.http.RestClients;
import io.maquette.provider.http.RetirementHeaders;
import io.maquette.storage.Downloads;
import io.maquette.storage.TestDownloads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of every model provider over a real wire, independent of the provider's interface. The
 * test of each provider supplies its answers; a missing answer skips the test.
 *
 * @param <S> the provider's simulator
 */
@Tag("fault")
public abstract class ModelProviderContract<S extends Simulator> {

  /** Key of the provider, if it has one; no message may contain it. */
  protected static final String KEY = TencentSimulator.SECRET_KEY;

  /** Picture as the store has it. */
  protected static final ModelRequest REQUEST =
      new ModelRequest(new Picture(Tetrahedron.png(), "image/png"), "a red tetrahedron");

  private static final int ENOUGH_POLLS = 20;
  private static final long TOO_MANY_BYTES = 600L << 20;

  /** Simulator of the provider's wire. */
  protected S simulator;

  /** Provider under test. */
  protected ModelProvider provider;

  /** Retirements that the answers announce. */
  protected final Retirements retirements = new Retirements(new Notes(Clock.systemUTC()));

  /** Time limit for an answer. */
  protected int readMillis = 2_000;

  private LogBook log;

  /** Returns the setting that names what the provider may retire. */
  protected abstract Setting<?> subject();

  /** Creates a simulator that accepts {@link #KEY}, if it has keys. */
  protected abstract S newSimulator();

  /** Creates the provider that calls {@link #simulator}. */
  protected abstract ModelProvider newProvider(Downloads files);

  /** Returns whether a request submits a job. */
  protected abstract boolean isSubmission(Received request);

  /** Returns whether a request queries a job. */
  protected abstract boolean isQuestion(Received request);

  /** Returns the number of requests of one submission, uploads included. */
  protected int requestsPerSubmission() {
    return 1;
  }

  /** Returns the number of jobs that the simulator has accepted. */
  protected abstract int acceptedSubmissions();

  /** Returns the answer to a job that is not acceptable. */
  protected abstract Answer refused();

  /** Returns the answer of a failing provider that has certainly not accepted the job. */
  protected abstract Answer unavailable();

  /** Returns the answer of a gateway that has lost the provider's own answer. */
  protected Answer broken() {
    return Answer.json(502, "{}");
  }

  /** Returns the answer to too many jobs or calls. */
  protected Optional<Answer> throttled() {
    return Optional.empty();
  }

  /** Returns the answer to a wrong key, which repeats the key if the provider might. */
  protected Optional<Answer> unauthorised() {
    return Optional.empty();
  }

  /** Returns the answer when no credit is left. */
  protected Optional<Answer> outOfCredit() {
    return Optional.empty();
  }

  /** Returns the answer when the called model or version no longer exists. */
  protected abstract Answer retired();

  /** Returns the answer to a query for an unknown job, if the provider distinguishes it. */
  protected Optional<Answer> lost() {
    return Optional.empty();
  }

  /** Returns the effect of cancelling a queued job. */
  protected abstract Cancellation cancellationOfWaitingJob();

  /** Returns the address to which the client's paths are added. */
  protected URI base() {
    return simulator.url();
  }

  /**
   * Creates a REST client for the simulator, with the providers that its annotations name.
   *
   * @param components further components to register
   */
  protected <T> T client(Class<T> type, Object... components) {
    RestClientBuilder builder =
        RestClients.builder(base(), 2_000, readMillis)
            .register(new RetirementHeaders(retirements, subject()));
    for (Object component : components) {
      builder.register(component);
    }
    return builder.build(type);
  }

  @BeforeEach
  void start() {
    log = new LogBook();
    simulator = newSimulator();
    createProvider();
  }

  private void createProvider() {
    provider = newProvider(TestDownloads.from(simulator.host()));
  }

  /** Does not wait long for an answer that does not come. */
  private void createImpatientProvider() {
    readMillis = 500;
    createProvider();
  }

  @AfterEach
  void stop() {
    simulator.close();
    log.close();
    assertThat(simulator.complaints()).isEmpty();
    assertThat(log.text())
        .doesNotContain(KEY)
        .doesNotContain(Base64.getEncoder().encodeToString(REQUEST.picture().content()));
  }

  /** Returns the failure of a call; asserts that neither it nor a cause contains the key. */
  protected static ProviderException failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(ProviderException.class);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage())).doesNotContain(KEY).isNotBlank();
    }
    return (ProviderException) thrown;
  }

  /** Queries a job until it has ended. */
  protected JobState end(String jobId) throws ProviderException {
    for (int poll = 0; poll < ENOUGH_POLLS; poll++) {
      JobState state = provider.query(jobId);
      if (state.phase() == JobState.Phase.DONE || state.phase() == JobState.Phase.FAIL) {
        return state;
      }
    }
    throw new AssertionError("not done after " + ENOUGH_POLLS + " polls");
  }

  private ProviderException failureOfSubmission(Fault fault) {
    simulator.next(this::isSubmission, fault);
    ProviderException failure = failure(() -> provider.submit(REQUEST));
    assertThat(simulator.received(this::isSubmission)).as("sent once").hasSize(1);
    return failure;
  }

  private ProviderException failureOfQuestion(Fault fault) throws ProviderException {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.next(this::isQuestion, fault);
    ProviderException failure = failure(() -> provider.query(jobId));
    assertThat(failure).isNotInstanceOf(JobLostException.class);
    assertThat(end(jobId).phase()).as("the job is fine").isEqualTo(JobState.Phase.DONE);
    return failure;
  }

  @Test
  @Tag("slow")
  void odd_answers_use_no_thread_and_cost_nothing() throws Exception {
    String name = provider.name();
    simulator.allowManyJobs();
    oddAnswers(name + " submit", this::isSubmission)
        .of(isPatient -> assertThat(provider.submit(REQUEST).jobId()).isNotBlank());
    String jobId = provider.submit(REQUEST).jobId();
    end(jobId);
    oddAnswers(name + " query", this::isQuestion)
        .of(
            isPatient -> {
              JobState state = provider.query(jobId);
              if (state.phase() == JobState.Phase.DONE) {
                readSomeOf(state.result());
              } else if (isPatient) {
                throw new ProviderException(Problem.UNAVAILABLE, "not done but " + state);
              }
            });
  }

  private OddAnswersRun oddAnswers(String name, Predicate<Received> kind) {
    OddAnswersRun run =
        new OddAnswersRun(name, simulator, kind, this::isSubmission, this::acceptedSubmissions);
    return readsAllEncodings() ? run : run.inUtf8Only();
  }

  /** Returns whether answers may also be in UTF-16. */
  protected boolean readsAllEncodings() {
    return true;
  }

  private static void readSomeOf(ResultFile result) throws ProviderException {
    try (InputStream file = result.open()) {
      assertThat(file.readNBytes(1 << 20)).startsWith('g', 'l', 'T', 'F');
    } catch (IOException e) {
      throw new ProviderException(Problem.UNAVAILABLE, e.getMessage(), e);
    }
  }

  private static Answer orSkip(Optional<Answer> answer) {
    return answer.orElseGet(() -> abort("the provider has no such answer"));
  }

  @Test
  void a_provider_job_is_accepted_runs_and_ends_with_a_model() throws Exception {
    Submission submission = provider.submit(REQUEST);
    assertThat(submission.jobId()).isNotBlank();
    assertThat(acceptedSubmissions()).isEqualTo(1);
    assertThat(simulator.received()).hasSize(requestsPerSubmission());
    assertThat(log.text()).containsPattern("POST 127.0.0.1.*: 20[02] after [0-9]+ ms");

    int progress = 0;
    JobState state = provider.query(submission.jobId());
    while (state.phase() != JobState.Phase.DONE) {
      assertThat(state.phase()).isIn(JobState.Phase.WAIT, JobState.Phase.RUN);
      assertThat(state.progress()).isBetween(progress, 99);
      progress = state.progress();
      state = provider.query(submission.jobId());
    }
    assertThat(state.progress()).isEqualTo(100);
    for (int times = 0; times < 2; times++) {
      try (InputStream file = state.result().open()) {
        assertThat(file.readAllBytes()).isEqualTo(Tetrahedron.glb());
      }
    }
    try (InputStream file = state.result().open()) {
      assertThat(ModelFactsReader.read(file).faceCount()).isEqualTo(4);
    }
    assertThat(acceptedSubmissions()).isEqualTo(1);
  }

  @Test
  void every_call_keeps_an_announced_retirement() throws Exception {
    simulator.next(this::isSubmission, Simulator.plus("Sunset", "Fri, 01 Jan 2027 00:00:00 GMT"));
    String jobId = provider.submit(REQUEST).jobId();
    simulator.next(this::isQuestion, Simulator.plus("Deprecation", "@1790000000"));
    provider.query(jobId);
    assertThat(retirements.of(provider.name()))
        .containsExactly(
            new Retirement(
                provider.name(),
                subject().name(),
                Instant.ofEpochSecond(1_790_000_000),
                Instant.parse("2027-01-01T00:00:00Z"),
                null,
                null));
  }

  @Test
  void an_odd_announcement_does_no_harm() throws Exception {
    simulator.always(
        this::isSubmission,
        (exchange, usual) ->
            Simulator.plus("Link", "<::>; rel=\"sunset, <x")
                .strike(
                    exchange,
                    () -> usual.answer().with("Sunset", "soon").with("Deprecation", "@")));
    assertThat(provider.submit(REQUEST).jobId()).isNotBlank();
    assertThat(retirements.list()).isEmpty();
  }

  @Test
  void a_finished_provider_job_can_be_queried_again() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    end(jobId);
    assertThat(provider.query(jobId).phase()).isEqualTo(JobState.Phase.DONE);
  }

  @Test
  void an_unacceptable_job_is_refused() {
    assertThat(failureOfSubmission(Simulator.instead(refused())).problem())
        .isEqualTo(Problem.REFUSED);
    assertThat(acceptedSubmissions()).isZero();
  }

  @Test
  void a_busy_provider_says_when_to_retry() {
    Answer answer = orSkip(throttled()).with("Retry-After", "7");
    ProviderException failure = failureOfSubmission(Simulator.instead(answer));
    assertThat(failure.problem()).isEqualTo(Problem.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void a_busy_provider_may_omit_retry_after() {
    ProviderException failure = failureOfSubmission(Simulator.instead(orSkip(throttled())));
    assertThat(failure.problem()).isEqualTo(Problem.THROTTLED);
    assertThat(failure.retryAfter()).isEmpty();
  }

  @Test
  void a_wrong_key_is_for_operators_and_is_not_shown() throws Exception {
    Answer answer = orSkip(unauthorised());
    assertThat(failureOfSubmission(Simulator.instead(answer)).problem())
        .isEqualTo(Problem.UNAUTHORISED);
  }

  @Test
  void a_query_with_a_wrong_key_does_not_fail_the_provider_job() throws Exception {
    Answer answer = orSkip(unauthorised());
    assertThat(failureOfQuestion(Simulator.instead(answer)).problem())
        .isEqualTo(Problem.UNAUTHORISED);
  }

  @Test
  void an_empty_account_is_recognised() {
    Answer answer = orSkip(outOfCredit());
    assertThat(failureOfSubmission(Simulator.instead(answer)).problem())
        .isEqualTo(Problem.OUT_OF_CREDIT);
  }

  @Test
  void a_failing_provider_is_unavailable() throws Exception {
    ProviderException failure = failureOfSubmission(Simulator.instead(unavailable()));
    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(failure).isInstanceOf(OutageException.class);
  }

  @Test
  void an_unreachable_provider_is_unavailable() {
    simulator.close();
    ProviderException failure = failure(() -> provider.submit(REQUEST));
    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(failure)
        .isInstanceOf(OutageException.class)
        .hasMessageMatching("cannot connect to \\S+:\\d+ \\(maquette\\.[a-z]+\\.url\\): .+");
    assertThat(failure(() -> provider.query("8f14e45f-ceea")).problem())
        .isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_retired_model_is_a_problem_for_operators() {
    assertThat(failureOfSubmission(Simulator.instead(retired())))
        .isInstanceOf(OperatorException.class);
  }

  @Test
  void a_submission_to_a_failing_provider_has_an_unknown_outcome() {
    ProviderException failure = failureOfSubmission(Simulator.acceptThen(broken()));
    assertThat(failure.problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(failure).isInstanceOf(OutageException.class);
    assertThat(acceptedSubmissions()).isEqualTo(1);
  }

  @Test
  void a_submission_with_a_lost_connection_has_an_unknown_outcome() {
    assertThat(failureOfSubmission(Simulator.acceptThenDrop()).problem())
        .isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(acceptedSubmissions()).isEqualTo(1);
  }

  @Test
  void an_unanswered_submission_has_an_unknown_outcome() {
    createImpatientProvider();
    assertThat(failureOfSubmission(simulator.acceptThenHang()).problem())
        .isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(acceptedSubmissions()).isEqualTo(1);
  }

  static Stream<Answer> unreadableAnswers() {
    return Stream.of(
        Answer.json(200, ""),
        Answer.json(200, "{"),
        Answer.json(200, "[]"),
        Answer.json(200, "null"),
        Answer.json(200, "{}"),
        new Answer(204, Map.of(), new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("unreadableAnswers")
  void a_submission_with_an_unreadable_answer_has_an_unknown_outcome(Answer answer) {
    assertThat(failureOfSubmission(Simulator.acceptThen(answer)).problem())
        .isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(acceptedSubmissions()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("unreadableAnswers")
  void a_query_with_an_unreadable_answer_is_repeated(Answer answer) throws Exception {
    assertThat(failureOfQuestion(Simulator.instead(answer)).problem())
        .isEqualTo(Problem.UNAVAILABLE);
  }

  static Stream<Answer> answersOfAnotherAddress() {
    return Stream.of(
        Answer.file("text/html", "<p>Welcome</p>".getBytes(StandardCharsets.UTF_8)),
        new Answer(404, Map.of("Content-Type", "text/html"), "<html>nginx</html>".getBytes(UTF_8)),
        Answer.json(405, "{\"detail\":\"Method Not Allowed\"}"),
        Answer.json(308, "").with("Location", "https://elsewhere.test/"),
        Answer.json(301, "").with("Location", "https://elsewhere.test/"));
  }

  @ParameterizedTest
  @MethodSource("answersOfAnotherAddress")
  void a_wrong_base_address_is_the_operators_and_names_the_setting(Answer answer) {
    ProviderException failure = failureOfSubmission(Simulator.instead(answer));
    assertThat(failure.problem()).isEqualTo(Problem.MISCONFIGURED);
    assertThat(failure).hasMessageMatching("(?s)check maquette\\.[a-z]+\\.url: HTTP .*");
    assertThat(acceptedSubmissions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void a_query_to_a_failing_provider_is_repeated(int status) throws Exception {
    assertThat(failureOfQuestion(Simulator.instead(Answer.json(status, "{}"))).problem())
        .isEqualTo(Problem.UNAVAILABLE);
  }

  /** Always, because HTTP clients may repeat a GET once by themselves, which is harmless. */
  @Test
  void an_unanswered_query_is_repeated() throws Exception {
    createImpatientProvider();
    String jobId = provider.submit(REQUEST).jobId();
    for (Fault fault : List.of(Simulator.acceptThenDrop(), simulator.acceptThenHang())) {
      simulator.always(this::isQuestion, fault);
      assertThat(failure(() -> provider.query(jobId)).problem()).isEqualTo(Problem.UNAVAILABLE);
      simulator.recover();
    }
    assertThat(end(jobId).phase()).isEqualTo(JobState.Phase.DONE);
  }

  @Test
  void a_slow_answer_is_awaited() throws Exception {
    simulator.next(this::isSubmission, simulator.slowly(5));
    assertThat(provider.submit(REQUEST).jobId()).isNotBlank();
  }

  @Test
  void an_endless_answer_is_cut_off() throws Exception {
    byte[] head = "{\"x\":\"".getBytes(StandardCharsets.UTF_8);
    Fault endless = Simulator.huge("application/json", head, TOO_MANY_BYTES);
    assertThat(failureOfSubmission(endless).problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(failureOfQuestion(endless).problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_redirection_does_not_get_the_key() throws Exception {
    try (S elsewhere = newSimulator()) {
      Answer away =
          new Answer(302, Map.of("Location", elsewhere.url() + "/elsewhere"), new byte[0]);
      failureOfQuestion(Simulator.instead(away));
      simulator.next(this::isSubmission, Simulator.instead(away));
      failure(() -> provider.submit(REQUEST));
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void a_provider_job_unknown_to_the_provider_is_lost() throws Exception {
    Answer answer = orSkip(lost());
    String jobId = provider.submit(REQUEST).jobId();
    simulator.next(this::isQuestion, Simulator.instead(answer));
    assertThat(failure(() -> provider.query(jobId))).isInstanceOf(JobLostException.class);
  }

  @Test
  void cancelling_a_waiting_provider_job_reports_the_effect() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    assertThat(provider.cancel(jobId)).isEqualTo(cancellationOfWaitingJob());
  }

  @Test
  void a_finished_provider_job_cannot_be_cancelled_and_keeps_its_file() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    end(jobId);
    assertThat(provider.cancel(jobId)).isEqualTo(Cancellation.CANNOT_STOP);
    try (InputStream file = provider.query(jobId).result().open()) {
      assertThat(file.readAllBytes()).isEqualTo(Tetrahedron.glb());
    }
  }
}
