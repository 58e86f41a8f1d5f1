package io.maquette.provider.dashscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.DashScopeSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.option.ImageOptions;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageProviderContract;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Problem;
import io.maquette.provider.Provider;
import io.maquette.provider.ProviderException;
import io.maquette.storage.TestDownloads;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashScopeImageProviderTest extends ImageProviderContract<DashScopeSimulator> {

  private static final ImageRequest SOON = new ImageRequest("a cat", 0, Duration.ofSeconds(1));

  @Override
  protected DashScopeSimulator simulate() {
    return new DashScopeSimulator();
  }

  @Override
  protected boolean hasList() {
    return true;
  }

  @Override
  protected String keySetting() {
    return "maquette.dashscope.api-key";
  }

  @Override
  protected ImageProvider provider(Settings settings) {
    return provider(settings, Duration.ofMillis(20), Duration.ofMillis(40));
  }

  @Override
  protected ImageProvider hurriedProvider() {
    return provider(settings(Map.of()), Duration.ofMillis(1), Duration.ofMillis(2));
  }

  @Override
  protected Map<String, Predicate<Simulator.Received>> calls() {
    return Map.of("submit", simulator::isSubmission, "query", simulator::isQuestion);
  }

  private ImageProvider provider(Settings settings, Duration firstPause, Duration laterPause) {
    return new DashScopeImageProvider(
        client(DashScopeClient.class),
        client(DashScopeSyncClient.class),
        settings,
        TestDownloads.of(settings),
        this::awaitTurn,
        firstPause,
        laterPause);
  }

  private boolean awaitTurn(Provider provider) {
    assertThat(provider.name()).isEqualTo("dashscope");
    turns.incrementAndGet();
    return turnsRefused.getAndDecrement() <= 0;
  }

  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger turnsRefused = new AtomicInteger();

  private List<Simulator.Received> questions() {
    return simulator.received(simulator::isQuestion);
  }

  @ParameterizedTest
  @CsvSource({
    "DataInspectionFailed, REFUSED",
    "IPInfringementSuspect, REFUSED",
    "InvalidParameter, REFUSED",
    "Arrearage, OUT_OF_CREDIT",
    "AllocationQuota.FreeTierOnly, OUT_OF_CREDIT",
    "Throttling, THROTTLED",
    "Throttling.RateQuota, THROTTLED",
    "InvalidApiKey, UNAUTHORISED",
    "Model.AccessDenied, RETIRED",
    "ModelNotFound, RETIRED",
    "500, UNAVAILABLE"
  })
  void its_error_codes_are_mapped(String code, Problem problem) {
    simulator.failNext(code);
    assertThat(problem().problem()).isEqualTo(problem);
    assertThat(submissions()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "DataInspectionFailed, REFUSED",
    "Throttling, THROTTLED",
    "InternalError.Algo, UNAVAILABLE",
    "SomethingNew, UNAVAILABLE"
  })
  void a_failed_job_has_a_reason(String code, Problem problem) {
    simulator.endAs(code);
    assertThat(problem())
        .satisfies(e -> assertThat(e.problem()).isEqualTo(problem))
        .hasMessageContaining(code);
  }

  @Test
  void a_job_may_succeed_without_its_picture() {
    simulator.endWithoutPicture("DataInspectionFailed");
    assertThat(problem().problem()).isEqualTo(Problem.REFUSED);
    simulator.endWithoutPicture("InternalError");
    assertThat(problem().problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_submission_refused_with_a_success_status_has_a_reason() {
    simulator.next(
        simulator::isSubmission,
        Simulator.instead(Answer.json(200, "{\"code\":\"Arrearage\",\"message\":\"no\"}")));
    assertThat(problem().problem()).isEqualTo(Problem.OUT_OF_CREDIT);
  }

  @Test
  void a_job_is_queried_until_it_has_ended() throws ProviderException {
    simulator.takeTime(3, 4);
    provider().generate(request());
    assertThat(questions()).hasSize(8);
    assertThat(simulator.received(simulator::isCancellation)).isEmpty();
    assertThat(simulator.open()).isZero();
    assertThat(simulator.mostOpen()).isEqualTo(1);
  }

  @Test
  void the_first_pause_is_one_second_and_the_others_two() throws ProviderException {
    simulator.takeTime(1, 1);
    Settings settings = settings(Map.of());
    new DashScopeImageProvider(
            client(DashScopeClient.class),
            client(DashScopeSyncClient.class),
            settings,
            TestDownloads.of(settings),
            provider -> true)
        .generate(request());
    long submitted = simulator.received(simulator::isSubmission).get(0).nanoTime();
    assertThat(questions().stream().map(asked -> (asked.nanoTime() - submitted) / 100_000_000))
        .satisfiesExactly(
            tenths -> assertThat(tenths).isBetween(10L, 19L),
            tenths -> assertThat(tenths).isBetween(30L, 42L),
            tenths -> assertThat(tenths).isBetween(50L, 65L));
  }

  @Test
  void a_lost_query_is_repeated() throws ProviderException {
    simulator.takeTime(0, 0);
    simulator.next(simulator::isQuestion, Simulator.acceptThenDrop());
    simulator.next(simulator::isQuestion, Simulator.instead(Answer.json(500, "{}")));
    simulator.next(simulator::isQuestion, Simulator.instead(Answer.json(429, "{}")));
    simulator.next(simulator::isQuestion, Simulator.instead(Answer.json(200, "{")));
    simulator.next(simulator::isQuestion, Simulator.instead(Answer.json(200, "{\"output\":{}}")));
    simulator.next(simulator::isQuestion, simulator.acceptThenHang());
    assertThat(provider().generate(request()).picture().content()).isEqualTo(simulator.picture());
    assertThat(questions()).hasSizeGreaterThan(6);
    assertThat(submissions()).isEqualTo(1);
  }

  @Test
  void queries_keep_the_rate_limit() throws ProviderException {
    assertThat(provider().requestsPerSecond()).hasValue(20);
    simulator.takeTime(1, 1);
    turnsRefused.set(2);
    assertThat(provider().generate(request()).jobId()).isNotBlank();
    assertThat(questions()).hasSize(3);
    assertThat(turns).hasValue(2 + 3);
  }

  private Optional<GeneratedPicture> found() throws ProviderException {
    return provider().find(request(), Instant.now(), job -> false);
  }

  private void takeFromElsewhere(int tasks, String model, String prompt, Instant at) {
    for (int task = 0; task < tasks; task++) {
      simulator.takeFromElsewhere(model, prompt, at);
    }
  }

  @Test
  void a_job_of_another_client_is_not_ours() throws ProviderException {
    simulator.takeTime(0, 0);
    String model = settings(Map.of()).get(ProviderSetting.DASHSCOPE_MODEL);
    takeFromElsewhere(1, model, "another sentence", Instant.now());
    takeFromElsewhere(1, "another-model", request().prompt(), Instant.now());
    takeFromElsewhere(1, model, request().prompt(), Instant.now().minus(Duration.ofHours(1)));
    assertThat(found()).isEmpty();
    takeFromElsewhere(1, model, request().prompt(), Instant.now());
    assertThat(provider().find(request(), Instant.now(), job -> true)).isEmpty();
    assertThat(simulator.received(simulator::isCancellation)).isEmpty();
    assertThat(found()).isPresent();
  }

  @Test
  void a_list_with_entries_that_are_no_tasks_is_read() throws ProviderException {
    String entry = "{\"gmt_create\":" + Instant.now().toEpochMilli() + ",\"status\":\"SUCCEEDED\"}";
    simulator.next(
        simulator::isListing,
        Simulator.instead(Answer.json(200, "{\"data\":[null,{}," + entry + "],\"total_page\":1}")));
    assertThat(found()).isEmpty();
    assertThat(questions()).isEmpty();
  }

  @Test
  void the_own_job_is_found_among_many() throws ProviderException {
    simulator.takeTime(0, 0);
    String model = settings(Map.of()).get(ProviderSetting.DASHSCOPE_MODEL);
    takeFromElsewhere(1, model, request().prompt(), Instant.now());
    takeFromElsewhere(120, model, "long ago", Instant.now().minus(Duration.ofHours(2)));
    assertThat(found()).isPresent();
    assertThat(simulator.received(simulator::isListing)).hasSize(3);
    assertThat(questions()).hasSize(1);
    assertThat(turns).hasValue(3 + 1);
  }

  @Test
  void a_job_that_may_be_ours_is_awaited_and_not_cancelled() throws ProviderException {
    simulator.takeTime(2, 2);
    String model = settings(Map.of()).get(ProviderSetting.DASHSCOPE_MODEL);
    takeFromElsewhere(1, model, SOON.prompt(), Instant.now());
    assertThat(provider().find(SOON, Instant.now(), job -> false)).isPresent();

    simulator.takeTime(0, 1_000);
    takeFromElsewhere(1, model, SOON.prompt(), Instant.now());
    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class, () -> provider().find(SOON, Instant.now(), job -> false));
    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(simulator.received(simulator::isCancellation)).isEmpty();
  }

  @Test
  void a_missing_list_does_not_prove_that_nothing_was_accepted() {
    simulator.always(simulator::isListing, Simulator.instead(Answer.json(500, "{}")));
    ProviderException failure = catchThrowableOfType(ProviderException.class, this::found);
    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_job_queued_at_the_deadline_is_cancelled_and_free() {
    simulator.takeTime(1_000, 0);
    assertThat(problemOf(provider(), SOON).problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(simulator.cancelled()).isEqualTo(1);
  }

  @Test
  void a_job_that_runs_at_the_deadline_may_be_charged() {
    simulator.takeTime(0, 1_000);
    assertThat(problemOf(provider(), SOON).problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(simulator.received(simulator::isCancellation)).hasSize(1);
    assertThat(simulator.cancelled()).isZero();
  }

  @Test
  void an_unanswered_cancellation_leaves_the_outcome_unknown() {
    simulator.takeTime(1_000, 0);
    simulator.next(simulator::isCancellation, Simulator.acceptThenDrop());
    assertThat(problemOf(provider(), SOON).problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  @Test
  void an_unknown_job_is_queried_until_the_deadline() {
    simulator.next(simulator::isQuestion, (exchange, usual) -> simulator.forget());
    assertThat(problemOf(provider(), SOON).problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
    assertThat(questions()).hasSizeGreaterThan(3);
  }

  @Test
  void a_job_cancelled_elsewhere_may_be_retried() {
    simulator.next(
        simulator::isQuestion,
        Simulator.instead(Answer.json(200, "{\"output\":{\"task_status\":\"CANCELED\"}}")));
    assertThat(problem().problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void it_ends_before_its_deadline() {
    simulator.takeTime(0, 1_000);
    long begun = System.nanoTime();
    problemOf(provider(), SOON);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON.timeout());
  }

  @Test
  void an_interrupt_ends_the_wait_and_cancels_the_job() throws InterruptedException {
    simulator.takeTime(1_000, 0);
    ImageProvider provider = provider();
    AtomicReference<Problem> problem = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              problem.set(problemOf(provider, request()).problem());
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    waiting.start();
    await().until(() -> questions().size() > 1);
    waiting.interrupt();
    waiting.join(5_000);
    assertThat(problem.get()).isIn(Problem.UNAVAILABLE, Problem.OUTCOME_UNKNOWN);
    assertThat(interrupted.get()).isTrue();
    await().until(() -> !simulator.received(simulator::isCancellation).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "wan2.6-t2i, 1280*1280",
    "wan2.7-t2i-plus, 1280*1280",
    "qwen-image-max, 1328*1328",
    "qwen-image, 1328*1328",
    "z-image-turbo, 1024*1024"
  })
  void newer_models_draw_within_one_call(String model, String size) throws ProviderException {
    ImageProvider provider = provider(settings(Map.of("maquette.dashscope.model", model)));
    assertThat(provider.generate(request()).picture().content()).isEqualTo(simulator.picture());
    assertThat(simulator.received(simulator::isSubmission))
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(DashScopeSimulator.isSynchronous(sent)).isTrue();
              assertThat(sent.json().getJsonObject("parameters").getString("size")).isEqualTo(size);
            });
    assertThat(simulator.accepted()).isEqualTo(1);
    assertThat(simulator.complaints()).isEmpty();
    assertThat(provider.find(request(), Instant.now(), job -> false)).isEmpty();
  }

  @Test
  void a_model_of_the_other_interface_is_the_operators_error() {
    simulator.next(
        simulator::isSubmission,
        Simulator.instead(
            Answer.json(
                400,
                "{\"code\":\"InvalidParameter\",\"message\":\"url error, please check url！\"}")));
    ProviderException problem = problem();
    assertThat(problem.problem()).isEqualTo(Problem.MISCONFIGURED);
    assertThat(problem).hasMessageStartingWith("check maquette.dashscope.model: ");
  }

  @Test
  void a_size_that_the_model_does_not_take_is_the_operators_error() {
    simulator.next(
        simulator::isSubmission,
        Simulator.instead(
            Answer.json(
                400,
                "{\"code\":\"InvalidParameter\",\"message\":\"the size does not match the allowed"
                    + " size 1328*1328, 1664*928\"}")));
    ProviderException problem = problem();
    assertThat(problem.problem()).isEqualTo(Problem.MISCONFIGURED);
    assertThat(problem).hasMessageStartingWith("check maquette.dashscope.size: ");
  }

  @Test
  void options_are_sent() throws ProviderException {
    ImageOptions options =
        new ImageOptions(
            Optional.of("16:9"), Optional.empty(), Optional.of("a hat"), Optional.of(7L));
    provider().generate(request(options));
    JsonObject sent = simulator.received(simulator::isSubmission).get(0).json();
    assertThat(sent.getJsonObject("input").getString("negative_prompt")).isEqualTo("a hat");
    assertThat(sent.getJsonObject("parameters").getString("size")).isEqualTo("1280*720");
    assertThat(sent.getJsonObject("parameters").getInt("seed")).isEqualTo(7);
  }

  @Test
  void options_are_sent_to_the_synchronous_interface() throws ProviderException {
    ImageOptions options =
        new ImageOptions(
            Optional.of("16:9"), Optional.empty(), Optional.of("a hat"), Optional.of(7L));
    provider(settings(Map.of("maquette.dashscope.model", "wan2.6-t2i"))).generate(request(options));
    JsonObject sent =
        simulator
            .received(DashScopeSimulator::isSynchronous)
            .get(0)
            .json()
            .getJsonObject("parameters");
    assertThat(sent.getString("negative_prompt")).isEqualTo("a hat");
    assertThat(sent.getString("size")).isEqualTo("1792*1008");
    assertThat(sent.getInt("seed")).isEqualTo(7);
  }
}
