package io.maquette.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.platform.Settings;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.task.Claim;
import io.maquette.task.FailureCode;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskService;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StepFailuresTest {

  private final List<String> applied = new ArrayList<>();

  private final TaskService tasks =
      new TaskService() {
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

  private final StepFailures failures =
      new StepFailures(tasks, Settings.read(name -> Optional.empty()), Clock.systemUTC());

  private static Claim claim(int failedAttempts) {
    return new Claim(
        UUID.randomUUID(), 1, "p", failedAttempts, List.of(0), null, null, Instant.now());
  }

  private void everyKindOn(Claim claim) throws StaleClaimException {
    failures.provider(claim, new ProviderException(Problem.UNAVAILABLE, "down"));
    failures.provider(claim, new ProviderException(Problem.THROTTLED, "full"));
    failures.internal(claim, new IllegalStateException("broke"));
    failures.store(claim, new IOException("disk full"));
  }

  @Test
  void whatMayPassIsTriedAgainAndWhatHasNoRoomWaits() throws Exception {
    everyKindOn(claim(0));
    assertThat(applied)
        .containsExactly(
            "retry later: PROVIDER_UNAVAILABLE",
            "postpone",
            "retry later: INTERNAL_ERROR",
            "postpone");
  }

  @Test
  void whenTriesAreUsedUpTheTaskEnds() throws Exception {
    failures.provider(claim(99), new ProviderException(Problem.UNAVAILABLE, "down"));
    failures.internal(claim(99), new IllegalStateException("broke"));
    assertThat(applied).containsExactly("fail: PROVIDER_UNAVAILABLE", "fail: INTERNAL_ERROR");
  }

  @Test
  void whatWillNotPassEndsTheTaskAtOnce() throws Exception {
    failures.provider(claim(0), new ProviderException(Problem.REFUSED, "no"));
    assertThat(applied).containsExactly("fail: PROVIDER_REFUSED");
  }

  @Test
  void whileStepsAreInterruptedNothingIsAFailure() throws Exception {
    failures.expectInterruptions();
    everyKindOn(claim(0));
    everyKindOn(claim(99));
    assertThat(applied).isEmpty();
  }
}
