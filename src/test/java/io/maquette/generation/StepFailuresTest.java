package io.maquette.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.asset.LostFileException;
import io.maquette.platform.FileFault;
import io.maquette.platform.Settings;
import io.maquette.provider.Cancellation;
import io.maquette.provider.CircuitOpenException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.RetiredInterfaceException;
import io.maquette.provider.Submission;
import io.maquette.repair.LostFiles;
import io.maquette.task.Claim;
import io.maquette.task.DiscardedFiles;
import io.maquette.task.FailureCode;
import io.maquette.task.LostFile;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaims;
import io.maquette.task.TaskResults;
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

@Tag("fault")
class StepFailuresTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> applied = new ArrayList<>();
  private final List<Claim> left = new ArrayList<>();
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

  private final TaskResults results =
      new TaskResults() {
        @Override
        public void retryLater(Claim claim, FailureCode code, String detail, Instant due) {
          applied.add("retry later: " + code);
        }

        @Override
        public void postpone(Claim claim, Instant due) {
          applied.add("postpone");
        }

        @Override
        public void fail(Claim claim, FailureCode code, String detail) {
          applied.add("fail: " + code);
        }
      };

  private final TaskClaims claims =
      new TaskClaims() {
        @Override
        public boolean changeProvider(Claim claim, String to, int openJobs, String why) {
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
        public void leftBy(Claim claim) {
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
  private final ControlsInForce controls = new ControlsInForce(List::of);
  private final Availability availability = new Availability(providers, controls, settings, clock);
  private final StepFailures failures =
      new StepFailures(results, claims, discarded, lostFiles, availability, settings, clock);

  private static Claim claim(String provider, int failedAttempts) {
    return new Claim(
        UUID.randomUUID(),
        "dev",
        1,
        "p",
        failedAttempts,
        List.of(0),
        null,
        provider,
        null,
        null,
        T0,
        null,
        null);
  }

  private void fails(String provider, int failedAttempts, ProviderException failure)
      throws StaleClaimException {
    applied.clear();
    failures.provider(claim(provider, failedAttempts), provider, failure);
  }

  private static ProviderException down() {
    return ProviderException.of(Problem.UNAVAILABLE, "down", null, null);
  }

  private static ProviderException problem(Problem problem) {
    return ProviderException.of(problem, "says so", null, null);
  }

  @Test
  void a_task_whose_stored_picture_is_lost_ends_and_nothing_is_submitted() throws Exception {
    failures.pictureLost(
        claim("one", 0), new LostFileException("a/b.png", FileFault.DAMAGED, null));
    assertThat(applied).containsExactly("fail: PICTURE_LOST");
    assertThat(noted).containsExactly("a/b.png");
  }

  @Test
  void whatMayPassIsTriedAgain() throws Exception {
    fails("two", 0, down());
    assertThat(applied).containsExactly("retry later: PROVIDER_UNAVAILABLE");
    fails("two", 0, problem(Problem.OUTCOME_UNKNOWN));
    assertThat(applied).containsExactly("retry later: PROVIDER_OUTCOME_UNKNOWN");
  }

  @Test
  void faultsOfOurOwnAreTriedAgainAndAFullStoreIsWaitedFor() throws Exception {
    failures.internal(claim("one", 0), new IllegalStateException("broke"));
    failures.internal(claim("one", 99), new IllegalStateException("broke"));
    failures.store(claim("one", 99), new IOException("disk full"));
    assertThat(applied)
        .containsExactly("retry later: INTERNAL_ERROR", "fail: INTERNAL_ERROR", "postpone");
  }

  @Test
  void whenTriesAreUsedUpTheNextProviderStepsInAndAfterTheLastTheTaskEnds() throws Exception {
    fails("one", 3, down());
    assertThat(applied).containsExactly("to two");
    fails("two", 3, down());
    assertThat(applied).containsExactly("fail: PROVIDER_UNAVAILABLE");
  }

  @Test
  void whatWillNotPassEndsTheTaskAtOnce() throws Exception {
    for (Problem problem : List.of(Problem.REFUSED, Problem.UNAUTHORISED)) {
      fails("one", 0, problem(problem));
      assertThat(applied).containsExactly("fail: PROVIDER_" + problem);
    }
    assertThat(availability.closure("one")).isEmpty();
  }

  @Test
  void whereAnOutcomeIsUnknownNobodyElseIsPaidToo() throws Exception {
    fails("one", 99, problem(Problem.OUTCOME_UNKNOWN));
    assertThat(applied).containsExactly("fail: PROVIDER_OUTCOME_UNKNOWN");
  }

  @Test
  void withoutCreditTheNextStepsInAndNewTasksGoThereToo() throws Exception {
    fails("one", 0, problem(Problem.OUT_OF_CREDIT));
    assertThat(applied).containsExactly("to two");
    assertThat(availability.laneForModels().orElseThrow().provider().name()).isEqualTo("two");
    fails("two", 0, problem(Problem.OUT_OF_CREDIT));
    assertThat(applied).containsExactly("fail: PROVIDER_OUT_OF_CREDIT");
    now = now.plus(Duration.ofMinutes(10));
    Availability.Lane lane = availability.laneForModels().orElseThrow();
    assertThat(lane.provider().name()).isEqualTo("one");
    assertThat(lane.onTrial()).isTrue();
    availability.works("one");
    assertThat(availability.laneForModels().orElseThrow().onTrial()).isFalse();
  }

  @Test
  void whereTheNextHasNoRoomTheTaskWaitsForIt() throws Exception {
    roomAtTheNext = false;
    fails("one", 0, problem(Problem.OUT_OF_CREDIT));
    assertThat(applied).containsExactly("postpone");
  }

  @Test
  void aBusyProviderIsWaitedForByAllAndNotForEver() throws Exception {
    fails("one", 0, ProviderException.of(Problem.THROTTLED, "full", Duration.ofSeconds(20), null));
    assertThat(applied).containsExactly("postpone");
    assertThat(availability.closedUntil("one")).isPresent();
    assertThat(availability.laneForModels()).isEmpty();
    now = T0.plusSeconds(30); // Retry-After and its spread have passed
    assertThat(availability.laneForModels().orElseThrow().onTrial()).isTrue();
    now = T0.plusSeconds(61);
    fails("one", 0, problem(Problem.THROTTLED));
    assertThat(applied).containsExactly("to two");
    assertThat(availability.laneForModels().orElseThrow().provider().name()).isEqualTo("two");
  }

  @Test
  void theLastProviderMayBeBusyAsLongAsTheSettingSays() throws Exception {
    fails("two", 99, problem(Problem.THROTTLED));
    assertThat(applied).containsExactly("postpone");
    now = T0.plus(Duration.ofMinutes(10));
    fails("two", 0, problem(Problem.THROTTLED));
    assertThat(applied).containsExactly("retry later: PROVIDER_THROTTLED");
  }

  @Test
  void anOpenCircuitCostsNoTryAndOneTaskSeesWhetherItIsOver() throws Exception {
    fails("two", 3, new CircuitOpenException("two", null));
    assertThat(applied).containsExactly("postpone");
    assertThat(availability.closure("two").orElseThrow().reason()).isEqualTo(Closure.Reason.DOWN);
    now = now.plus(Duration.ofSeconds(10));
    assertThat(availability.closedUntil("two")).isEmpty();
    fails("two", 3, down()); // the trial
    assertThat(applied).containsExactly("postpone");
    assertThat(availability.closedUntil("two")).isPresent();
  }

  @Test
  void aProviderThatIsDownIsLeftForTheNext() throws Exception {
    fails("one", 0, new CircuitOpenException("one", null));
    assertThat(applied).containsExactly("to two");
  }

  @Test
  void aRetiredInterfaceFailsNobodyButIsLeftAlone() throws Exception {
    fails("two", 0, new RetiredInterfaceException("ActionOffline"));
    assertThat(applied).containsExactly("postpone");
    assertThat(availability.closure("two"))
        .hasValueSatisfying(
            closure -> {
              assertThat(closure.reason()).isEqualTo(Closure.Reason.RETIRED);
              assertThat(closure.words()).isEqualTo("ActionOffline");
            });
  }

  @Test
  void whileStepsAreInterruptedNothingIsAFailure() throws Exception {
    failures.expectInterruptions();
    for (int failedAttempts : List.of(0, 99)) {
      failures.provider(claim("one", failedAttempts), "one", down());
      failures.provider(claim("one", failedAttempts), "one", problem(Problem.THROTTLED));
      failures.internal(claim("one", failedAttempts), new IllegalStateException("broke"));
      failures.store(claim("one", failedAttempts), new IOException("disk full"));
    }
    assertThat(applied).isEmpty();
  }
}
