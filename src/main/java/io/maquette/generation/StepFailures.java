package io.maquette.generation;

import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.task.Claim;
import io.maquette.task.FailureCode;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Decides what becomes of a task whose step failed: tried again later, put off, or given up. All of
 * it follows from the closed set of problems, the tries so far and the settings.
 */
@ApplicationScoped
public class StepFailures {

  private static final Logger LOG = Logger.getLogger(StepFailures.class.getName());

  private final Backoff backoff = new Backoff();
  private TaskService tasks;
  private Settings settings;
  private Clock clock;
  private volatile boolean interrupting;

  /** For CDI. */
  protected StepFailures() {}

  @Inject
  StepFailures(TaskService tasks, Settings settings, Clock clock) {
    this.tasks = tasks;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * From now on what fails is no failure: this node interrupts its steps, and whoever comes next
   * goes on with their tasks. The thread's own flag does not tell, for servers clear it when they
   * turn an interruption into an exception of theirs.
   */
  void expectInterruptions() {
    interrupting = true;
  }

  /**
   * A provider did not do its part: tried again while that may help and tries are left. A
   * submission it has no room for waits without counting as a try, though not for ever.
   */
  void provider(Claim claim, ProviderException failure) throws StaleClaimException {
    if (interrupting) {
      return;
    }
    LOG.log(
        Level.INFO,
        () -> "Task " + claim.taskId() + ": " + failure.problem() + ", " + failure.getMessage());
    Duration wait =
        failure.retryAfter().map(backoff::spread).orElseGet(() -> wait(claim, failure.problem()));
    if (failure.problem() == Problem.THROTTLED && claim.job() == null && mayWait(claim)) {
      tasks.postpone(claim, clock.instant().plus(wait));
      return;
    }
    giveUpOrRetry(
        claim,
        codeOf(failure.problem()),
        failure.getMessage(),
        failure.problem().isPassing(),
        wait);
  }

  /** What came back is not usable: tried again while tries are left. */
  void unusable(Claim claim, String detail) throws StaleClaimException {
    giveUpOrRetry(claim, FailureCode.RESULT_UNUSABLE, detail, true, wait(claim, null));
  }

  /** A fault of our own: tried again while tries are left, so that a poisonous task ends. */
  void internal(Claim claim, RuntimeException failure) throws StaleClaimException {
    if (interrupting) {
      return;
    }
    LOG.log(Level.SEVERE, "Task " + claim.taskId() + ": a step broke", failure);
    giveUpOrRetry(
        claim,
        FailureCode.INTERNAL_ERROR,
        failure.getClass().getSimpleName(),
        true,
        wait(claim, null));
  }

  /** Our own store cannot take or give a file now: the step waits, which counts as no try. */
  void store(Claim claim, IOException failure) throws StaleClaimException {
    if (interrupting) {
      return;
    }
    LOG.log(Level.WARNING, "Task " + claim.taskId() + " waits for the store", failure);
    tasks.postpone(
        claim, clock.instant().plus(backoff.spread(settings.get(Setting.RETRY_THROTTLED_DELAY))));
  }

  /** The stage's deadline has passed. */
  void timedOut(Claim claim, Duration deadline) throws StaleClaimException {
    tasks.fail(claim, FailureCode.TIMED_OUT, "not done after " + deadline);
  }

  private void giveUpOrRetry(
      Claim claim, FailureCode code, String detail, boolean passing, Duration wait)
      throws StaleClaimException {
    if (passing && claim.failedAttempts() < settings.get(Setting.RETRY_MAX)) {
      tasks.retryLater(claim, code, detail, clock.instant().plus(wait));
    } else {
      tasks.fail(claim, code, detail);
    }
  }

  private boolean mayWait(Claim claim) {
    return clock
        .instant()
        .isBefore(claim.startedAt().plus(settings.get(Setting.RETRY_THROTTLED_LIMIT)));
  }

  private Duration wait(Claim claim, Problem problem) {
    if (problem == Problem.THROTTLED) {
      return backoff.spread(settings.get(Setting.RETRY_THROTTLED_DELAY));
    }
    boolean pictures = claim.picture() == null;
    return backoff.after(
        settings.get(pictures ? Setting.RETRY_IMAGE_DELAY : Setting.RETRY_MODEL_DELAY),
        claim.failedAttempts());
  }

  private static FailureCode codeOf(Problem problem) {
    return switch (problem) {
      case THROTTLED -> FailureCode.PROVIDER_THROTTLED;
      case REFUSED -> FailureCode.PROVIDER_REFUSED;
      case UNAUTHORISED -> FailureCode.PROVIDER_UNAUTHORISED;
      case OUT_OF_CREDIT -> FailureCode.PROVIDER_OUT_OF_CREDIT;
      case UNAVAILABLE -> FailureCode.PROVIDER_UNAVAILABLE;
      case OUTCOME_UNKNOWN -> FailureCode.PROVIDER_OUTCOME_UNKNOWN;
    };
  }
}
