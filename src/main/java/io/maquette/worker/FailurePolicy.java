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
import io.maquette.task.queue.TaskQueue;
import io.maquette.task.queue.TaskResults;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Decides what becomes of a task whose step failed: tried again later, put off, or given up. All of
 * it follows from the closed set of problems, the tries so far and the settings.
 */
@ApplicationScoped
public class FailurePolicy {

  private static final Logger LOG = Logger.getLogger(FailurePolicy.class.getName());

  private final LogThrottle limit = new LogThrottle();
  private final Backoff backoff = new Backoff(Duration.ofMinutes(10), 0.2);
  private TaskResults results;
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
      TaskResults results,
      TaskQueue claims,
      DiscardedFiles discarded,
      LostFiles lostFiles,
      ProviderAvailability availability,
      Notes notes,
      Settings settings,
      Clock clock) {
    this.results = results;
    this.claims = claims;
    this.discarded = discarded;
    this.lostFiles = lostFiles;
    this.availability = availability;
    this.notes = notes;
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
   * A provider did not do its part: another one steps in, or it is waited for without counting that
   * as a try, though not for ever, or it is tried again while that may help and tries are left.
   *
   * <p>For a problem that only an operator can solve the task waits without limit, unless the
   * problem turns out to be the task's own: it meets it again although the provider has taken other
   * tasks meanwhile. Missing credit is never a task's own problem.
   */
  void provider(TaskClaim claim, String provider, ProviderException failure)
      throws StaleClaimException {
    if (interrupting) {
      return;
    }
    if (failure instanceof UnfetchedException unfetched) {
      notFetched(claim, provider, unfetched);
      return;
    }
    if (isOfEditsAlone(claim, provider, failure)) {
      notes.set(
          Notes.EDITS,
          failure.problem().name(),
          "changes to pictures are not possible, because of " + problemOf(failure));
      results.fail(claim, codeOf(failure.problem()), failure.getMessage());
      return;
    }
    boolean isOwn =
        failure.problem().isForOperator()
            && failure.problem() != Problem.OUT_OF_CREDIT // a top-up may be enough for few tasks
            && availability.isOfTask(claim, provider);
    LOG.log(
        failure.problem().isForOperator() && !isOwn ? Level.FINE : Level.INFO,
        () -> "Task " + claim.taskId() + ": " + problemOf(failure));
    if (isOwn) { // others succeed there, so that it is not the provider's settings
      results.fail(claim, codeOf(failure.problem()), failure.getMessage());
      return;
    }
    boolean suspect = availability.closure(provider).isPresent();
    Duration wait =
        failure.retryAfter().map(backoff::spread).orElseGet(() -> wait(claim, failure.problem()));
    leaveAlone(provider, failure, suspect, wait);
    if (isGivenUp(claim, provider, failure) && changesProvider(claim, provider, failure)) {
      return;
    }
    if (claim.job() == null && failure.problem().isForOperator()) {
      // after the trial request, which another task makes where one waits
      results.postpone(
          claim,
          availability
              .closedUntil(provider)
              .orElse(clock.instant())
              .plus(settings.get(Setting.WORKER_TICK).multipliedBy(2)));
      return;
    }
    if (claim.job() == null && mayWait(claim, provider) && isWaitedFor(failure, suspect)) {
      results.postpone(
          claim, availability.closedUntil(provider).orElse(clock.instant().plus(wait)));
      return;
    }
    giveUpOrRetry(
        claim,
        codeOf(failure.problem()),
        failure.getMessage(),
        failure.problem().isPassing(),
        wait);
  }

  /**
   * A result that is paid for could not be fetched. It is fetched again, which costs no try, as
   * long as the provider keeps it; meanwhile nothing else is submitted for the task.
   */
  private void notFetched(TaskClaim claim, String provider, UnfetchedException failure)
      throws StaleClaimException {
    UnfetchedResult result = failure.result();
    logNotFetched(claim, provider, result);
    boolean isHopeless =
        failure.reason() == Reason.UNUSABLE && result.failures() > settings.get(Setting.RETRY_MAX);
    if (isHopeless || failure.isLost()) {
      results.fail(claim, codeOf(failure.reason()), failure.getMessage());
    } else {
      results.postpone(claim, nextFetch(result));
    }
  }

  /** The code of a task whose result could never be fetched. */
  static FailureCode codeOf(Reason reason) {
    return reason.isForOperator()
        ? FailureCode.PROVIDER_MISCONFIGURED
        : FailureCode.RESULT_UNUSABLE;
  }

  /** One line for each provider, cause and minute. */
  void logNotFetched(TaskClaim claim, String provider, UnfetchedResult result) {
    limit.log(
        LOG,
        Level.WARNING,
        provider + " " + result.problem(),
        () ->
            "A result of "
                + provider
                + " that is paid for cannot be fetched, and is fetched again until "
                + result.expiresAt()
                + ": "
                + result.words()
                + " (task "
                + claim.taskId()
                + ")");
  }

  /** When to fetch a result again. */
  Instant nextFetch(UnfetchedResult result) {
    return clock
        .instant()
        .plus(backoff.after(settings.get(Setting.RETRY_IMAGE_DELAY), result.failures()));
  }

  /**
   * A question about a job was not answered; the job itself may be fine. Where only an operator can
   * help, no new job is submitted meanwhile.
   */
  void question(String provider, ProviderException failure) {
    if (!interrupting && failure.problem().isForOperator()) {
      leaveAlone(provider, failure, false, Duration.ZERO);
    }
  }

  /**
   * Whether a provider's edits do not work while its pictures or models may: many servers that
   * speak OpenAI's interface have no edits. Pictures must not wait for that.
   */
  private boolean isOfEditsAlone(TaskClaim claim, String provider, ProviderException failure) {
    boolean isEdit = claim.provider() == null && claim.picture() != null;
    return isEdit
        && (failure.problem() == Problem.MISCONFIGURED || failure.problem() == Problem.RETIRED)
        && availability.makesMoreThanEdits(provider);
  }

  private static String problemOf(ProviderException failure) {
    return failure.problem() + ", " + failure.getMessage();
  }

  /** Opens the provider's circuit breaker where the failure concerns its other tasks, too. */
  private void leaveAlone(
      String provider, ProviderException failure, boolean suspect, Duration wait) {
    Instant now = clock.instant();
    if (failure.problem().isForOperator()) {
      close(
          provider,
          ProviderOutage.Reason.of(failure.problem()),
          now.plus(settings.get(Setting.RETRY_OPERATOR_DELAY)),
          failure);
    } else if (failure instanceof CircuitOpenException
        || (suspect && failure instanceof OutageException)) {
      close(
          provider,
          ProviderOutage.Reason.DOWN,
          now.plus(settings.get(Setting.RETRY_DOWN_DELAY)),
          failure);
    } else if (failure.problem() == Problem.THROTTLED) {
      close(provider, ProviderOutage.Reason.BUSY, now.plus(wait), failure);
    }
  }

  private void close(
      String provider, ProviderOutage.Reason reason, Instant until, ProviderException failure) {
    availability.close(provider, reason, until, failure.getMessage());
  }

  /** Whether this task shall not wait for the provider where another one can step in. */
  private boolean isGivenUp(TaskClaim claim, String provider, ProviderException failure) {
    return switch (failure.problem()) {
      case UNAUTHORISED, OUT_OF_CREDIT, MISCONFIGURED, RETIRED -> true;
      case THROTTLED, UNAVAILABLE ->
          availability.isGivenUp(provider)
              || claim.failedAttempts() >= settings.get(Setting.RETRY_MAX);
      case REFUSED, OUTCOME_UNKNOWN -> false;
    };
  }

  private boolean changesProvider(TaskClaim claim, String provider, ProviderException failure)
      throws StaleClaimException {
    if (claim.provider() == null) {
      return false; // pictures have one provider
    }
    ProviderAvailability.Lane next = availability.nextAfter(provider).orElse(null);
    if (next == null) {
      return false;
    }
    String why = problemOf(failure);
    if (!claims.changeProvider(claim, next.provider().name(), next.openJobs(), why)) {
      results.postpone(claim, clock.instant().plus(settings.get(Setting.MODEL_POLL_INTERVAL)));
    }
    return true;
  }

  /** Whether it costs no try: the provider has no room, or nobody gets through to it. */
  private static boolean isWaitedFor(ProviderException failure, boolean suspect) {
    return failure.problem() == Problem.THROTTLED
        || failure instanceof CircuitOpenException
        || (suspect && failure.problem() == Problem.UNAVAILABLE);
  }

  /** What came back is not usable: tried again while tries are left. */
  void unusable(TaskClaim claim, String detail) throws StaleClaimException {
    giveUpOrRetry(claim, FailureCode.RESULT_UNUSABLE, detail, true, wait(claim, null));
  }

  /** A fault of our own: tried again while tries are left, so that a poisonous task ends. */
  void internal(TaskClaim claim, RuntimeException failure) throws StaleClaimException {
    if (interrupting) {
      return;
    }
    LOG.log(Level.SEVERE, "Task " + claim.taskId() + ": a step broke", failure);
    discarded.leftBy(claim);
    giveUpOrRetry(
        claim,
        FailureCode.INTERNAL_ERROR,
        failure.getClass().getSimpleName(),
        true,
        wait(claim, null));
  }

  /** Our own store cannot take or give a file now: the step waits, which counts as no try. */
  void store(TaskClaim claim, IOException failure) throws StaleClaimException {
    if (interrupting) {
      return;
    }
    // no stack trace: all waiting tasks say the same, again and again, until the store is back
    LOG.warning(() -> "Task " + claim.taskId() + " waits for the store: " + failure);
    discarded.leftBy(claim);
    results.postpone(
        claim, clock.instant().plus(backoff.spread(settings.get(Setting.RETRY_THROTTLED_DELAY))));
  }

  /** The picture that a provider should be sent is lost: nothing is sent, and the task ends. */
  void pictureLost(TaskClaim claim, LostFileException failure) throws StaleClaimException {
    lostFiles.note(failure);
    results.fail(claim, FailureCode.PICTURE_LOST, "the stored picture is " + failure.fault());
  }

  /** The stage's deadline has passed. */
  void timedOut(TaskClaim claim, Duration deadline) throws StaleClaimException {
    results.fail(claim, FailureCode.TIMED_OUT, "not done after " + deadline);
  }

  private void giveUpOrRetry(
      TaskClaim claim, FailureCode code, String detail, boolean passing, Duration wait)
      throws StaleClaimException {
    if (passing && claim.failedAttempts() < settings.get(Setting.RETRY_MAX)) {
      results.retryLater(claim, code, detail, clock.instant().plus(wait));
    } else {
      results.fail(claim, code, detail);
    }
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
    boolean pictures = claim.provider() == null;
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
      case MISCONFIGURED, RETIRED -> FailureCode.PROVIDER_MISCONFIGURED;
      case UNAVAILABLE -> FailureCode.PROVIDER_UNAVAILABLE;
      case OUTCOME_UNKNOWN -> FailureCode.PROVIDER_OUTCOME_UNKNOWN;
    };
  }
}
