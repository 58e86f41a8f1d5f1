package io.maquette.worker;

import io.maquette.concurrent.Backoff;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.files.LostFiles;
import io.maquette.provider.CircuitOpenException;
import io.maquette.provider.Notes;
import io.maquette.provider.OutageException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.storage.LostFileException;
import io.maquette.storage.ResultFetchException.Reason;
import io.maquette.task.DiscardedFiles;
import io.maquette.task.FailureCode;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.EditClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskQueue;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.AttemptFailed;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.submission.UnfetchedResult;
import io.maquette.telemetry.LogThrottle;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderOutage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Policy for tasks whose step failed: it retries, postpones or fails them, or gives them to the
 * next provider (fallback). The decision depends on the closed set of problems, the failed attempts
 * so far and the settings.
 */
@ApplicationScoped
public class FailurePolicy {

  private static final Logger LOG = Logger.getLogger(FailurePolicy.class.getName());

  private final LogThrottle limit = new LogThrottle();
  private final Backoff backoff = new Backoff(Duration.ofMinutes(10), 0.2);
  private TaskQueue claims;
  private DiscardedFiles discarded;
  private LostFiles lostFiles;
  private ProviderAvailability availability;
  private Notes notes;
  private Settings settings;
  private Clock clock;
  private volatile boolean interrupting;

  /** For CDI. */
  protected FailurePolicy() {}

  @Inject
  FailurePolicy(
      TaskQueue claims,
      DiscardedFiles discarded,
      LostFiles lostFiles,
      ProviderAvailability availability,
      Notes notes,
      Settings settings,
      Clock clock) {
    this.claims = claims;
    this.discarded = discarded;
    this.lostFiles = lostFiles;
    this.availability = availability;
    this.notes = notes;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Ignores failures from now on, because this node interrupts its steps and another worker
   * continues their tasks. The thread's interrupt flag is not enough: servers clear it when they
   * turn an interruption into an exception of their own.
   */
  void expectInterruptions() {
    interrupting = true;
  }

  /**
   * Handles a provider's failure. Another provider takes over, or the task waits without counting
   * an attempt, up to a limit. Otherwise the step is retried while the problem is transient and
   * attempts are left.
   *
   * <p>For a problem that only an operator can solve, the task waits without limit. It fails if the
   * problem turns out to be the task's own: the task meets it again, although the provider accepted
   * other tasks meanwhile. Missing credit is never a task's own problem.
   */
  Optional<TaskResult> onProviderFailure(
      TaskClaim claim, String provider, ProviderException failure) throws StaleClaimException {
    if (interrupting) {
      return Optional.empty();
    }
    if (failure instanceof UnfetchedException unfetched) {
      return Optional.of(onFailedFetch(claim, provider, unfetched));
    }
    if (concernsEditsOnly(claim, provider, failure)) {
      notes.set(
          Notes.EDITS,
          failure.problem().name(),
          "the provider refuses changes to pictures: " + problemOf(failure));
      return Optional.of(failed(claim, failure));
    }
    boolean isOwn =
        failure.problem().isForOperator()
            && failure.problem() != Problem.OUT_OF_CREDIT // a top-up may be enough for few tasks
            && availability.isOwnProblemOf(claim, provider);
    LOG.log(
        failure.problem().isForOperator() && !isOwn ? Level.FINE : Level.INFO,
        () -> "Task " + claim.taskId() + ": the provider failed: " + problemOf(failure));
    if (isOwn) { // other tasks succeed, so the provider's settings are not the cause
      return Optional.of(failed(claim, failure));
    }
    boolean isSuspect = availability.outage(provider).isPresent();
    Duration wait =
        failure.retryAfter().map(backoff::spread).orElseGet(() -> wait(claim, failure.problem()));
    openBreakerFor(provider, failure, isSuspect, wait);
    ProviderAvailability.ModelRoute next =
        isGivenUp(claim, provider, failure) && !claim.isForPictures() // pictures have one provider
            ? availability.nextAfter(provider, claim.modelOptions()).orElse(null)
            : null;
    if (next != null) {
      return changeProvider(claim, next, failure);
    }
    boolean hasOpenJob = claim instanceof PollClaim;
    if (!hasOpenJob && failure.problem().isForOperator()) {
      // waits until after the trial request, which another waiting task makes
      return Optional.of(
          new Postponed(
              claim,
              availability
                  .openUntil(provider)
                  .orElse(clock.instant())
                  .plus(settings.get(Setting.WORKER_TICK).multipliedBy(2))));
    }
    if (!hasOpenJob && mayWait(claim, provider) && isWaitedFor(failure, isSuspect)) {
      return Optional.of(
          new Postponed(
              claim, availability.openUntil(provider).orElse(clock.instant().plus(wait))));
    }
    return Optional.of(
        failure.problem().isPassing()
            ? retryOrFail(claim, codeOf(failure.problem()), failure.getMessage(), wait)
            : failed(claim, failure));
  }

  /**
   * Handles a paid result that could not be fetched. The step fetches it again while the provider
   * keeps it, which counts no attempt. Meanwhile nothing else is submitted for the task.
   */
  private TaskResult onFailedFetch(TaskClaim claim, String provider, UnfetchedException failure) {
    UnfetchedResult result = failure.result();
    logFailedFetch(claim, provider, result);
    boolean isHopeless =
        failure.reason() == Reason.UNUSABLE && result.failures() > settings.get(Setting.RETRY_MAX);
    return isHopeless || failure.isLost()
        ? new Failed(claim, codeOf(failure.reason()), failure.getMessage())
        : new Postponed(claim, nextFetch(result));
  }

  /** Returns the failure code of a task whose result could never be fetched. */
  static FailureCode codeOf(Reason reason) {
    return reason.isForOperator()
        ? FailureCode.PROVIDER_MISCONFIGURED
        : FailureCode.RESULT_UNUSABLE;
  }

  /** Logs a failed fetch, at most one line per provider, cause and minute. */
  void logFailedFetch(TaskClaim claim, String provider, UnfetchedResult result) {
    limit.log(
        LOG,
        Level.WARNING,
        provider + " " + result.problem(),
        () ->
            "A paid result of "
                + provider
                + " cannot be fetched; the worker tries until "
                + result.expiresAt()
                + ": "
                + result.words()
                + " (task "
                + claim.taskId()
                + ")");
  }

  /** Returns when to fetch a result again. */
  Instant nextFetch(UnfetchedResult result) {
    return clock
        .instant()
        .plus(backoff.after(settings.get(Setting.RETRY_IMAGE_DELAY), result.failures()));
  }

  /**
   * Handles a failed poll of a provider job, which may itself be fine. If only an operator can
   * solve the problem, the circuit breaker opens and no new job is submitted.
   */
  void onFailedPoll(String provider, ProviderException failure) {
    if (!interrupting && failure.problem().isForOperator()) {
      openBreakerFor(provider, failure, false, Duration.ZERO);
    }
  }

  /**
   * Returns whether only the provider's edits fail. Many servers with an OpenAI-compatible API have
   * no edits, and their pictures and models must not wait for that.
   */
  private boolean concernsEditsOnly(TaskClaim claim, String provider, ProviderException failure) {
    return claim instanceof EditClaim
        && (failure.problem() == Problem.MISCONFIGURED || failure.problem() == Problem.RETIRED)
        && availability.makesMoreThanEdits(provider);
  }

  private static String problemOf(ProviderException failure) {
    return failure.problem() + ", " + failure.getMessage();
  }

  /** Opens the provider's circuit breaker where the failure concerns its other tasks, too. */
  private void openBreakerFor(
      String provider, ProviderException failure, boolean isSuspect, Duration wait) {
    Instant now = clock.instant();
    if (failure.problem().isForOperator()) {
      openBreaker(
          provider,
          ProviderOutage.Reason.of(failure.problem()),
          now.plus(settings.get(Setting.RETRY_OPERATOR_DELAY)),
          failure);
    } else if (failure instanceof CircuitOpenException
        || (isSuspect && failure instanceof OutageException)) {
      openBreaker(
          provider,
          ProviderOutage.Reason.DOWN,
          now.plus(settings.get(Setting.RETRY_DOWN_DELAY)),
          failure);
    } else if (failure.problem() == Problem.THROTTLED) {
      openBreaker(provider, ProviderOutage.Reason.BUSY, now.plus(wait), failure);
    }
  }

  private void openBreaker(
      String provider, ProviderOutage.Reason reason, Instant until, ProviderException failure) {
    availability.openBreaker(provider, reason, until, failure.getMessage());
  }

  /** Returns whether another provider may take over this task instead of waiting. */
  private boolean isGivenUp(TaskClaim claim, String provider, ProviderException failure) {
    return switch (failure.problem()) {
      case UNAUTHORISED, OUT_OF_CREDIT, MISCONFIGURED, RETIRED -> true;
      case THROTTLED, UNAVAILABLE ->
          availability.isGivenUp(provider)
              || claim.failedAttempts() >= settings.get(Setting.RETRY_MAX);
      case REFUSED, OUTCOME_UNKNOWN -> false;
    };
  }

  /**
   * Assigns the model to another provider, which ends the claim; the task waits if that provider
   * has no free slot.
   */
  private Optional<TaskResult> changeProvider(
      TaskClaim claim, ProviderAvailability.ModelRoute next, ProviderException failure)
      throws StaleClaimException {
    String why = problemOf(failure);
    return claims.changeProvider(claim, next.provider().name(), next.openJobs(), why)
        ? Optional.empty()
        : Optional.of(
            new Postponed(claim, clock.instant().plus(settings.get(Setting.MODEL_POLL_INTERVAL))));
  }

  /** Returns whether waiting counts no attempt: the provider is busy or cannot be reached. */
  private static boolean isWaitedFor(ProviderException failure, boolean isSuspect) {
    return failure.problem() == Problem.THROTTLED
        || failure instanceof CircuitOpenException
        || (isSuspect && failure.problem() == Problem.UNAVAILABLE);
  }

  /** Handles an unusable result: the step is retried while attempts are left. */
  TaskResult onUnusableResult(TaskClaim claim, String detail) {
    return retryOrFail(claim, FailureCode.RESULT_UNUSABLE, detail, wait(claim));
  }

  /**
   * Handles an internal error: the step is retried while attempts are left, so that a poison task
   * ends.
   */
  Optional<TaskResult> onInternalError(TaskClaim claim, RuntimeException failure) {
    if (interrupting) {
      return Optional.empty();
    }
    LOG.log(
        Level.SEVERE, "Task " + claim.taskId() + ": a step failed with an internal error", failure);
    discarded.leftBy(claim);
    return Optional.of(
        retryOrFail(
            claim, FailureCode.INTERNAL_ERROR, failure.getClass().getSimpleName(), wait(claim)));
  }

  /** Handles an unavailable file store: the step waits, which counts no attempt. */
  Optional<TaskResult> onStoreFailure(TaskClaim claim, IOException failure) {
    if (interrupting) {
      return Optional.empty();
    }
    // no stack trace, because all waiting tasks log the same until the store is back
    LOG.warning(() -> "Task " + claim.taskId() + " waits for the store: " + failure);
    discarded.leftBy(claim);
    Duration wait = backoff.spread(settings.get(Setting.RETRY_THROTTLED_DELAY));
    return Optional.of(new Postponed(claim, clock.instant().plus(wait)));
  }

  /** Fails a task whose picture is lost; nothing is sent to the provider. */
  TaskResult onLostPicture(TaskClaim claim, LostFileException failure) {
    lostFiles.note(failure);
    return new Failed(claim, FailureCode.PICTURE_LOST, "the stored picture is " + failure.fault());
  }

  private static Failed failed(TaskClaim claim, ProviderException failure) {
    return new Failed(claim, codeOf(failure.problem()), failure.getMessage());
  }

  private TaskResult retryOrFail(TaskClaim claim, FailureCode code, String detail, Duration wait) {
    return claim.failedAttempts() < settings.get(Setting.RETRY_MAX)
        ? new AttemptFailed(claim, code, detail, clock.instant().plus(wait))
        : new Failed(claim, code, detail);
  }

  private boolean mayWait(TaskClaim claim, String provider) {
    return clock
        .instant()
        .isBefore(
            availability
                .countsFrom(claim, provider)
                .plus(settings.get(Setting.RETRY_THROTTLED_LIMIT)));
  }

  private Duration wait(TaskClaim claim, Problem problem) {
    if (problem == Problem.THROTTLED) {
      return backoff.spread(settings.get(Setting.RETRY_THROTTLED_DELAY));
    }
    return wait(claim);
  }

  private Duration wait(TaskClaim claim) {
    return backoff.after(
        settings.get(claim.isForPictures() ? Setting.RETRY_IMAGE_DELAY : Setting.RETRY_MODEL_DELAY),
        claim.failedAttempts());
  }

  private static FailureCode codeOf(Problem problem) {
    return switch (problem) {
      case THROTTLED -> FailureCode.PROVIDER_THROTTLED;
      case REFUSED -> FailureCode.PROVIDER_REFUSED;
      case UNAUTHORISED -> FailureCode.PROVIDER_UNAUTHORISED;
      case OUT_OF_CREDIT -> FailureCode.PROVIDER_OUT_OF_CREDIT;
      case MISCONFIGURED, RETIRED -> FailureCode.PROVIDER_MISCONFIGURED;
      case UNAVAILABLE -> FailureCode.PROVIDER_UNAVAILABLE;
      case OUTCOME_UNKNOWN -> FailureCode.PROVIDER_OUTCOME_UNKNOWN;
    };
  }
}
