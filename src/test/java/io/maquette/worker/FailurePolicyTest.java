package io.maquette.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.Settings;
import io.maquette.files.LostFile;
import io.maquette.files.LostFiles;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.CircuitOpenException;
import io.maquette.provider.JobState;
import io.maquette.provider.LogBook;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Notes;
import io.maquette.provider.OperatorException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.Submission;
import io.maquette.storage.FileFault;
import io.maquette.storage.LostFileException;
import io.maquette.task.DiscardedFiles;
import io.maquette.task.FileRef;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.queue.TaskQueue;
import io.maquette.task.queue.TaskQueue.ModelTarget;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.AttemptFailed;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.worker.control.ActiveProviderControls;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderOutage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fault")
class FailurePolicyTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> applied = new ArrayList<>();
  private final List<TaskClaim> left = new ArrayList<>();
  private final List<String> noted = new ArrayList<>();
  private Instant now = T0;
  private boolean roomAtTheNext = true;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final TaskQueue claims =
      new TaskQueue() {
        @Override
        public boolean changeProvider(TaskClaim claim, String to, int openJobs, String why) {
          if (roomAtTheNext) {
            applied.add("to " + to);
          }
          return roomAtTheNext;
        }
      };

  private final LostFiles lostFiles =
      new LostFiles(null, null) {
        @Override
        public Optional<LostFile> note(LostFileException lost) {
          noted.add(lost.key());
          return Optional.empty();
        }
      };

  private final DiscardedFiles discarded =
      new DiscardedFiles() {
        @Override
        public void leftBy(TaskClaim claim) {
          left.add(claim);
        }
      };

  private record Named(String name) implements ModelProvider {
    @Override
    public Submission submit(ModelRequest request) {
      throw new IllegalStateException("not called");
    }

    @Override
    public JobState query(String jobId) {
      throw new IllegalStateException("not called");
    }

    @Override
    public Cancellation cancel(String jobId) {
      throw new IllegalStateException("not called");
    }
  }

  private final Providers providers =
      new Providers() {
        @Override
        public List<ModelProvider> models() {
          return List.of(new Named("one"), new Named("two"));
        }
      };

  private final Settings settings = Settings.read(name -> Optional.empty());
  private final ActiveProviderControls controls = new ActiveProviderControls(List::of);
  private final ProviderAvailability availability =
      new ProviderAvailability(providers, controls, settings, clock);
  private final Notes notes = new Notes(clock);
  private final FailurePolicy failures =
      new FailurePolicy(claims, discarded, lostFiles, availability, notes, settings, clock);

  private static TaskClaim claim(String provider, int failedAttempts) {
    return claim(provider, failedAttempts, ModelOptions.NONE);
  }

  private static TaskClaim claim(String provider, int failedAttempts, ModelOptions options) {
    return new ModelClaim(
        new TaskClaim.ClaimedTask(
            UUID.randomUUID(), "dev", 1, failedAttempts, T0, Optional.empty()),
        "p",
        options,
        new FileRef("a/b.png", "0", "image/png", 1),
        provider,
        Optional.empty());
  }

  private void note(Optional<TaskResult> result) {
    result.map(FailurePolicyTest::described).ifPresent(applied::add);
  }

  private static String described(TaskResult result) {
    if (result instanceof AttemptFailed failed) {
      return "retry later: " + failed.code();
    }
    return result instanceof Failed failed ? "fail: " + failed.code() : "postpone";
  }

  private void fails(String provider, int failedAttempts, ProviderException failure)
      throws StaleClaimException {
    applied.clear();
    note(failures.onProviderFailure(claim(provider, failedAttempts), provider, failure));
  }

  private static ProviderException down() {
    return ProviderException.of(Problem.UNAVAILABLE, "down", null, null);
  }

  private static ProviderException problem(Problem problem) {
    return ProviderException.of(problem, "says so", null, null);
  }

  @Test
  void a_task_whose_stored_picture_is_lost_ends_and_nothing_is_submitted() throws Exception {
    note(
        Optional.of(
            failures.onLostPicture(
                claim("one", 0), new LostFileException("a/b.png", FileFault.DAMAGED, null))));
    assertThat(applied).containsExactly("fail: PICTURE_LOST");
    assertThat(noted).containsExactly("a/b.png");
  }

  @Test
  void a_transient_problem_is_retried() throws Exception {
    fails("two", 0, down());
    assertThat(applied).containsExactly("retry later: PROVIDER_UNAVAILABLE");
    fails("two", 0, problem(Problem.OUTCOME_UNKNOWN));
    assertThat(applied).containsExactly("retry later: PROVIDER_OUTCOME_UNKNOWN");
  }

  @Test
  void an_internal_error_is_retried_and_a_full_store_is_waited_for() throws Exception {
    note(failures.onInternalError(claim("one", 0), new IllegalStateException("broke")));
    note(failures.onInternalError(claim("one", 99), new IllegalStateException("broke")));
    note(failures.onStoreFailure(claim("one", 99), new IOException("disk full")));
    assertThat(applied)
        .containsExactly("retry later: INTERNAL_ERROR", "fail: INTERNAL_ERROR", "postpone");
  }

  @Test
  void after_the_last_retry_the_next_provider_takes_over_or_the_task_fails() throws Exception {
    fails("one", 3, down());
    assertThat(applied).containsExactly("to two");
    fails("two", 3, down());
    assertThat(applied).containsExactly("fail: PROVIDER_UNAVAILABLE");
  }

  @Test
  void a_permanent_problem_fails_the_task_at_once() throws Exception {
    fails("one", 0, problem(Problem.REFUSED));
    assertThat(applied).containsExactly("fail: PROVIDER_REFUSED");
    assertThat(availability.outage("one")).isEmpty();
  }

  @Test
  void after_an_unknown_outcome_no_other_provider_is_paid() throws Exception {
    fails("one", 99, problem(Problem.OUTCOME_UNKNOWN));
    assertThat(applied).containsExactly("fail: PROVIDER_OUTCOME_UNKNOWN");
  }

  @Test
  void a_provider_without_credit_is_replaced_for_all_tasks() throws Exception {
    fails("one", 0, problem(Problem.OUT_OF_CREDIT));
    assertThat(applied).containsExactly("to two");
    assertThat(availability.routeForModels(List.of()).orElseThrow().provider().name())
        .isEqualTo("two");
    fails("two", 0, problem(Problem.OUT_OF_CREDIT));
    assertThat(applied).containsExactly("postpone");
    now = now.plus(Duration.ofMinutes(1));
    ProviderAvailability.ModelRoute route = availability.routeForModels(List.of()).orElseThrow();
    assertThat(route.provider().name()).isEqualTo("one");
    assertThat(route.onTrial()).isTrue();
    availability.recordSuccess("one");
    assertThat(availability.routeForModels(List.of()).orElseThrow().onTrial()).isFalse();
  }

  @Test
  void no_provider_takes_over_a_task_with_options_that_it_does_not_accept() throws Exception {
    ModelOptions seeded = ModelOptions.NONE.withNewSeed();
    ModelOptions chosen = ModelOptions.NONE.at(List.of("one"));
    for (ModelOptions options : List.of(seeded, chosen)) {
      applied.clear();
      note(
          failures.onProviderFailure(
              claim("one", 0, options), "one", problem(Problem.OUT_OF_CREDIT)));
      assertThat(applied).containsExactly("postpone");
    }
    fails("one", 0, problem(Problem.OUT_OF_CREDIT));
    assertThat(applied).containsExactly("to two");
  }

  @Test
  void each_list_of_providers_has_its_own_route() throws Exception {
    assertThat(availability.targetsForModels(List.of("", "two", "one,two", "gone"), 8))
        .containsExactly(
            new ModelTarget("one", 3, 8, List.of("", "one,two", "gone")),
            new ModelTarget("two", 3, 8, List.of("two")));
    fails("one", 0, problem(Problem.OUT_OF_CREDIT));
    assertThat(availability.targetsForModels(List.of("", "one", "one,two"), 8))
        .containsExactly(new ModelTarget("two", 3, 8, List.of("", "one,two")));
    now = now.plus(Duration.ofMinutes(1)); // the breaker is half-open
    assertThat(availability.targetsForModels(List.of("one"), 8))
        .containsExactly(new ModelTarget("one", 3, 1, List.of("one")));
  }

  @Test
  void a_task_waits_while_the_next_provider_has_no_free_slot() throws Exception {
    roomAtTheNext = false;
    fails("one", 0, problem(Problem.OUT_OF_CREDIT));
    assertThat(applied).containsExactly("postpone");
  }

  @Test
  void all_tasks_wait_for_a_busy_provider_up_to_a_limit() throws Exception {
    fails("one", 0, ProviderException.of(Problem.THROTTLED, "full", Duration.ofSeconds(20), null));
    assertThat(applied).containsExactly("postpone");
    assertThat(availability.openUntil("one")).isPresent();
    assertThat(availability.routeForModels(List.of())).isEmpty();
    now = T0.plusSeconds(30); // after Retry-After and its jitter
    assertThat(availability.routeForModels(List.of()).orElseThrow().onTrial()).isTrue();
    now = T0.plusSeconds(61);
    fails("one", 0, problem(Problem.THROTTLED));
    assertThat(applied).containsExactly("to two");
    assertThat(availability.routeForModels(List.of()).orElseThrow().provider().name())
        .isEqualTo("two");
  }

  @Test
  void tasks_wait_for_the_last_provider_as_long_as_set() throws Exception {
    fails("two", 99, problem(Problem.THROTTLED));
    assertThat(applied).containsExactly("postpone");
    now = T0.plus(Duration.ofMinutes(10));
    fails("two", 0, problem(Problem.THROTTLED));
    assertThat(applied).containsExactly("retry later: PROVIDER_THROTTLED");
  }

  @Test
  void an_open_breaker_counts_no_attempt_and_permits_one_trial_request() throws Exception {
    fails("two", 3, new CircuitOpenException("two", null));
    assertThat(applied).containsExactly("postpone");
    assertThat(availability.outage("two").orElseThrow().reason())
        .isEqualTo(ProviderOutage.Reason.DOWN);
    now = now.plus(Duration.ofSeconds(10));
    assertThat(availability.openUntil("two")).isEmpty();
    fails("two", 3, down()); // the trial request
    assertThat(applied).containsExactly("postpone");
    assertThat(availability.openUntil("two")).isPresent();
  }

  @Test
  void the_next_provider_replaces_one_that_is_down() throws Exception {
    fails("one", 0, new CircuitOpenException("one", null));
    assertThat(applied).containsExactly("to two");
  }

  @ParameterizedTest
  @EnumSource(
      value = Problem.class,
      names = {"UNAUTHORISED", "OUT_OF_CREDIT", "MISCONFIGURED", "RETIRED"})
  void a_problem_for_the_operator_uses_up_no_retry_and_opens_the_breaker(Problem problem)
      throws Exception {
    now = T0.plus(Duration.ofDays(7)); // the waiting time of the task does not matter
    fails("two", 99, new OperatorException(problem, "maquette.x.url", "HTTP 404"));
    assertThat(applied).containsExactly("postpone");
    assertThat(availability.outage("two"))
        .hasValueSatisfying(
            outage -> {
              assertThat(outage.reason().name()).isEqualTo(problem.name());
              assertThat(outage.words()).isEqualTo("check maquette.x.url: HTTP 404");
            });
    assertThat(availability.openUntil("two")).contains(now.plus(Duration.ofMinutes(1)));
  }

  @Test
  void where_another_provider_may_step_in_it_does() throws Exception {
    fails("one", 0, OperatorException.misconfigured("maquette.x.url", "HTTP 404"));
    assertThat(applied).containsExactly("to two");
    assertThat(availability.routeForModels(List.of()).orElseThrow().provider().name())
        .isEqualTo("two");
  }

  @Test
  void the_log_has_one_line_for_each_reason_and_not_for_each_task() throws Exception {
    try (LogBook log = new LogBook()) {
      for (int task = 0; task < 20; task++) {
        fails("two", 0, OperatorException.misconfigured("maquette.x.url", "request " + task));
        now = now.plus(Duration.ofMinutes(1));
      }
      fails("two", 0, new OperatorException(Problem.UNAUTHORISED, "maquette.x.api-key", "401."));
      assertThat(log.text().lines().filter(line -> line.contains("needs an operator")))
          .hasSize(2)
          .last()
          .asString()
          .contains("UNAUTHORISED, check maquette.x.api-key: 401. Its tasks wait");
    }
  }

  @Test
  void a_problem_that_one_task_alone_has_is_its_own() throws Exception {
    TaskClaim claim = claim("two", 0);
    note(failures.onProviderFailure(claim, "two", problem(Problem.UNAUTHORISED)));
    now = now.plusSeconds(60);
    availability.recordSuccess("two"); // success of another task
    now = now.plusSeconds(60);
    note(failures.onProviderFailure(claim, "two", problem(Problem.UNAUTHORISED)));
    assertThat(applied).containsExactly("postpone", "fail: PROVIDER_UNAUTHORISED");
    assertThat(availability.outage("two")).isEmpty();
  }

  @Test
  void missing_credit_is_never_the_problem_of_one_task() throws Exception {
    TaskClaim claim = claim("two", 0);
    note(failures.onProviderFailure(claim, "two", problem(Problem.OUT_OF_CREDIT)));
    now = now.plusSeconds(60);
    availability.recordSuccess("two"); // the top-up paid for one task
    now = now.plusSeconds(60);
    note(failures.onProviderFailure(claim, "two", problem(Problem.OUT_OF_CREDIT)));
    assertThat(applied).containsExactly("postpone", "postpone");
    assertThat(availability.outage("two")).isPresent();
  }

  @Test
  void a_problem_that_another_task_met_last_is_not_the_task_s_own() throws Exception {
    TaskClaim claim = claim("two", 0);
    note(failures.onProviderFailure(claim, "two", problem(Problem.UNAUTHORISED)));
    now = now.plusSeconds(60);
    availability.recordSuccess("two");
    now = now.plusSeconds(60);
    note(failures.onProviderFailure(claim("two", 0), "two", problem(Problem.UNAUTHORISED)));
    note(failures.onProviderFailure(claim, "two", problem(Problem.UNAUTHORISED)));
    assertThat(applied).containsExactly("postpone", "postpone", "postpone");
  }

  @Test
  void an_interrupted_step_is_not_a_failure() throws Exception {
    failures.expectInterruptions();
    for (int failedAttempts : List.of(0, 99)) {
      note(failures.onProviderFailure(claim("one", failedAttempts), "one", down()));
      note(
          failures.onProviderFailure(
              claim("one", failedAttempts), "one", problem(Problem.THROTTLED)));
      note(
          failures.onInternalError(
              claim("one", failedAttempts), new IllegalStateException("broke")));
      note(failures.onStoreFailure(claim("one", failedAttempts), new IOException("disk full")));
    }
    assertThat(applied).isEmpty();
  }
}
