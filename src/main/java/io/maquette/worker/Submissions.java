package io.maquette.worker;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.CircuitOpenException;
import io.maquette.provider.Pacing;
import io.maquette.provider.Problem;
import io.maquette.provider.Provider;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.ResultFetchException.Reason;
import io.maquette.task.FailureCode;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.TaskClaim.ReservedSubmission;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PaidResult;
import io.maquette.task.submission.PaidResults;
import io.maquette.task.submission.SubmissionDecision;
import io.maquette.task.submission.SubmissionLedger;
import io.maquette.task.submission.UnfetchedResult;
import io.maquette.telemetry.Counted;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.UnfetchedResults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Sender of submissions to providers by the rules of the {@link SubmissionLedger}. */
@ApplicationScoped
public class Submissions {

  private static final Logger LOG = Logger.getLogger(Submissions.class.getName());

  /** Number of lost results of one picture after which its task fails. */
  private static final int MAX_LOST = 2;

  /**
   * How long the permission of a row written in advance is valid; afterwards the claim is checked
   * again.
   */
  private static final Duration FRESH = Duration.ofMillis(500);

  /**
   * Answer of a provider to a submission.
   *
   * @param call ledger row of the submission
   * @param wasPaid whether the result has a row in {@link PaidResults}
   */
  record SubmissionResult<T>(long call, T answer, boolean wasPaid) {

    /** Returns the submission as the ledger records it. */
    AcceptedSubmission accepted(String jobId, String requestId) {
      return new AcceptedSubmission(call, jobId, requestId, wasPaid);
    }
  }

  private SubmissionLedger ledger;
  private PaidResults paidResults;
  private UnfetchedResults unfetched;
  private Pacing pacing;
  private ProviderAvailability availability;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected Submissions() {}

  @Inject
  Submissions(
      SubmissionLedger ledger,
      PaidResults paidResults,
      UnfetchedResults unfetched,
      Pacing pacing,
      ProviderAvailability availability,
      Settings settings,
      Clock clock) {
    this.ledger = ledger;
    this.paidResults = paidResults;
    this.unfetched = unfetched;
    this.pacing = pacing;
    this.availability = availability;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Waits for a free slot of the provider's rate limit.
   *
   * @param pause how long the task is postponed if there is no slot soon
   * @throws NotSubmittedException if there is no slot soon
   */
  void awaitSlot(TaskClaim claim, Provider provider, Duration pause) throws NotSubmittedException {
    if (!pacing.awaitTurn(provider)) {
      withdraw(claim);
      throw new NotSubmittedException(new Postponed(claim, clock.instant().plus(pause)));
    }
  }

  /**
   * Submits if the circuit breaker and then the ledger permit it. If an earlier submission has a
   * result, it is fetched or found instead.
   *
   * @throws NotSubmittedException if the task must wait or fails
   * @throws StaleClaimException if the claim is no longer valid
   */
  <T> SubmissionResult<T> submit(TaskClaim claim, Provider provider, PaidRequest<T> request)
      throws ProviderException, StaleClaimException, NotSubmittedException {
    ReservedSubmission reserved = claim.reserved().orElse(null);
    if (reserved == null && claim.isForPictures()) {
      PaidResult paid = paidResults.of(claim).orElse(null);
      Optional<SubmissionResult<T>> fetched =
          paid == null ? Optional.empty() : fetch(claim, paid, request);
      if (fetched.isPresent()) {
        return fetched.get();
      }
    }
    Optional<Instant> openUntil = availability.openUntil(provider.name());
    if (openUntil.isPresent()) {
      withdraw(claim);
      throw new NotSubmittedException(new Postponed(claim, openUntil.get()));
    }
    if (reserved != null) {
      confirm(claim, reserved);
      return send(claim, reserved.call(), provider.name(), request);
    }
    SubmissionDecision decision = decide(claim, provider, false);
    if (decision instanceof SubmissionDecision.LookFirst earlier) {
      Optional<SubmissionResult<T>> found = find(claim, earlier, provider.name(), request);
      if (found.isPresent()) {
        return found.get();
      }
      decision = decide(claim, provider, true);
    }
    if (decision instanceof SubmissionDecision.Later later) {
      throw new NotSubmittedException(new Postponed(claim, later.until()));
    }
    if (decision instanceof SubmissionDecision.Denied denied) {
      throw new NotSubmittedException(
          new Failed(claim, FailureCode.PROVIDER_OUTCOME_UNKNOWN, denied.why()));
    }
    return send(claim, ((SubmissionDecision.Granted) decision).call(), provider.name(), request);
  }

  /** Looks for the result of an earlier submission with unknown outcome at the provider. */
  private <T> Optional<SubmissionResult<T>> find(
      TaskClaim claim,
      SubmissionDecision.LookFirst earlier,
      String provider,
      PaidRequest<T> request)
      throws ProviderException {
    PaidResultRecorder recorder = new PaidResultRecorder(claim, earlier.call(), provider);
    Optional<T> found;
    try {
      found =
          request.find(
              earlier.call(), earlier.submittedAt(), job -> ledger.knows(provider, job), recorder);
    } catch (ResultNotFetchedException e) {
      throw recorder.failed(e);
    }
    if (found.isPresent()) {
      LOG.info(
          () ->
              "Task "
                  + claim.taskId()
                  + ": the provider had accepted submission "
                  + earlier.call());
    }
    return found.map(answer -> new SubmissionResult<>(earlier.call(), answer, recorder.isNoted));
  }

  /**
   * Returns whether the provider has accepted nothing in the claim's stage yet. The cause is a
   * problem that only an operator can solve, or an open circuit breaker. The stage's deadline does
   * not count that time.
   */
  boolean hasOnlyWaitedForOperator(ModelClaim claim) {
    if (claim.reserved().isPresent()) {
      return false; // the claim's first submission
    }
    return ledger
        .refusals(claim)
        .filter(all -> all.isEmpty() || all.stream().anyMatch(Submissions::isForOperator))
        .isPresent();
  }

  private static boolean isForOperator(String problem) {
    return Stream.of(Problem.values())
        .anyMatch(one -> one.isForOperator() && one.name().equals(problem));
  }

  private SubmissionDecision decide(TaskClaim claim, Provider provider, boolean lookedFor)
      throws StaleClaimException {
    Duration grace = provider.costs() ? settings.get(Setting.RETRY_UNKNOWN_DELAY) : Duration.ZERO;
    return ledger.submit(claim, provider.name(), grace, lookedFor);
  }

  /** Returns whether the provider's circuit breaker permits a request now. */
  boolean isOpen(String provider) {
    return availability.openUntil(provider).isEmpty();
  }

  /** Checks an older permission again, so that nothing is submitted for an outdated claim. */
  private void confirm(TaskClaim claim, ReservedSubmission reserved) throws StaleClaimException {
    if (clock.instant().isBefore(reserved.at().plus(FRESH))) {
      return;
    }
    try {
      ledger.confirm(claim);
    } catch (StaleClaimException e) {
      withdraw(claim);
      throw e;
    }
  }

  /** Deletes the ledger row of the claim's reserved submission, which is not sent. */
  void withdraw(TaskClaim claim) {
    claim.reserved().ifPresent(reserved -> ledger.withdraw(reserved.call()));
  }

  /** Recorder of the URL of a submission's result before the fetch, and of a failed fetch. */
  private final class PaidResultRecorder implements Consumer<ResultAddress> {
    private final TaskClaim claim;
    private final long call;
    private final String provider;
    private boolean isNoted;

    PaidResultRecorder(TaskClaim claim, long call, String provider) {
      this.claim = claim;
      this.call = call;
      this.provider = provider;
    }

    @Override
    public void accept(ResultAddress address) {
      AcceptedSubmission accepted =
          new AcceptedSubmission(call, address.jobId(), address.requestId());
      try {
        paidResults.note(claim, accepted, provider, address.url(), address.lifetime());
        isNoted = true;
      } catch (RuntimeException e) { // the fetch works without the database, too
        LOG.log(
            Level.WARNING,
            "The database did not store the result address of submission " + call,
            e);
      }
    }

    /** Records that the result could not be fetched. */
    ProviderException failed(ResultNotFetchedException failure) {
      Optional<UnfetchedResult> result =
          isNoted
              ? paidResults.failed(call, failure.reason().name(), failure.getMessage())
              : Optional.empty();
      if (result.isEmpty()) {
        ledger.recordUnknown(call, failure.getMessage());
        return ProviderException.of(Problem.OUTCOME_UNKNOWN, failure.getMessage(), null, failure);
      }
      unfetched.refreshNow();
      return new UnfetchedException(result.get(), false, failure);
    }
  }

  /**
   * Fetches a paid result.
   *
   * @return empty if it can never be fetched, so that a new submission is needed
   */
  private <T> Optional<SubmissionResult<T>> fetch(
      TaskClaim claim, PaidResult paid, PaidRequest<T> request) throws ProviderException {
    long number = paid.accepted().call();
    try {
      T answer = request.fetch(paid);
      LOG.info(() -> "Task " + claim.taskId() + ": fetched the result of submission " + number);
      return Optional.of(new SubmissionResult<>(number, answer, true));
    } catch (ResultNotFetchedException e) {
      UnfetchedResult result =
          paidResults
              .failed(number, e.reason().name(), e.getMessage())
              .orElseThrow(() -> e); // the row was deleted meanwhile
      unfetched.refreshNow();
      boolean hasExpired = clock.instant().isAfter(paid.expiresAt());
      if (hasExpired
          && e.reason() == Reason.ANSWERED
          && paidResults.lost(claim, number, e.getMessage()) < MAX_LOST) {
        return Optional.empty();
      }
      throw new UnfetchedException(result, hasExpired, e);
    }
  }

  /** Sends the submission; if it is not accepted, the ledger gets the provider's error. */
  private <T> SubmissionResult<T> send(
      TaskClaim claim, long call, String provider, PaidRequest<T> request)
      throws ProviderException {
    PaidResultRecorder recorder = new PaidResultRecorder(claim, call, provider);
    try {
      T answer = throughCircuit(call, provider, request, recorder);
      availability.recordSuccess(provider);
      return new SubmissionResult<>(call, answer, recorder.isNoted);
    } catch (ResultNotFetchedException e) {
      throw recorder.failed(e);
    } catch (ProviderException e) {
      if (e.problem() == Problem.OUTCOME_UNKNOWN) {
        ledger.recordUnknown(call, e.getMessage());
      } else {
        ledger.recordRefused(call, e.problem().name(), e.getMessage());
      }
      throw e;
    }
  }

  private static <T> T throughCircuit(
      long call, String provider, PaidRequest<T> request, Consumer<ResultAddress> paid)
      throws ProviderException {
    try {
      return request.send(call, paid);
    } catch (CircuitBreakerOpenException e) {
      throw new CircuitOpenException(provider, e);
    }
  }

  /** Records an accepted submission whose result could not be stored. */
  void recordAccepted(AcceptedSubmission accepted) {
    ledger.recordAccepted(accepted);
  }

  /**
   * Records that a paid model could not be fetched.
   *
   * @param lifetime how long the provider keeps the model
   * @return the updated row; empty if the submission is unknown
   */
  Optional<UnfetchedResult> recordFailedFetch(
      PollClaim claim, ResultFetchException failure, Duration lifetime) {
    Optional<UnfetchedResult> result =
        paidResults.failed(claim, failure.reason().name(), failure.getMessage(), lifetime);
    unfetched.refreshNow();
    return result;
  }

  /** Records that a paid result is lost. */
  void recordLost(TaskClaim claim, UnfetchedResult result) {
    paidResults.lost(claim, result.call(), result.words());
    unfetched.refreshNow();
  }

  /** Records that a provider job without a waiting task was cancelled, with the effect. */
  void recordCancelled(TaskClaim.Job job, String effect) {
    ledger.recordCancelled(job, effect);
  }

  /** Records an accepted submission whose task had moved on. */
  @Counted("maquette.provider.submissions.late")
  void recordLate(AcceptedSubmission accepted) {
    ledger.recordLate(accepted);
  }
}
