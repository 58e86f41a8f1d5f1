package io.maquette.worker;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.CircuitOpenException;
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
import io.maquette.task.queue.TaskResults;
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
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Sender of submissions to providers by the rules of the {@link SubmissionLedger}. */
@ApplicationScoped
public class Submissions {

  private static final Logger LOG = Logger.getLogger(Submissions.class.getName());

  /** Number of lost results of one picture after which its task fails. */
  private static final int MOST_LOST = 2;

  /**
   * How long the permission of a row written in advance is valid; afterwards the claim is checked
   * again.
   */
  private static final Duration FRESH = Duration.ofMillis(500);

  /** Request to a provider that may cost money. */
  @FunctionalInterface
  interface Call<T> {
    /**
     * Sends the request.
     *
     * @param paid receives the URL of the result before the result is fetched
     */
    T make(Consumer<ResultAddress> paid) throws ProviderException;

    /**
     * Looks for the result of an earlier request with unknown outcome.
     *
     * @param submittedAt when the earlier request was sent
     * @param isKnown whether a provider job belongs to another submission
     * @param paid receives the URL of the result before the result is fetched
     */
    default Optional<T> find(
        Instant submittedAt, Predicate<String> isKnown, Consumer<ResultAddress> paid)
        throws ProviderException {
      return Optional.empty();
    }

    /** Fetches the paid result of an earlier request. */
    default T fetch(PaidResult result) throws ProviderException {
      throw new IllegalStateException("what this call makes is not fetched");
    }
  }

  /**
   * Result that a provider has made.
   *
   * @param call ledger row of the submission
   * @param wasPaid whether the result has a row in {@link PaidResults}
   */
  record Made<T>(long call, T result, boolean wasPaid) {}

  private SubmissionLedger ledger;
  private PaidResults paidResults;
  private UnfetchedResults unfetched;
  private TaskResults results;
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
      TaskResults results,
      ProviderAvailability availability,
      Settings settings,
      Clock clock) {
    this.ledger = ledger;
    this.paidResults = paidResults;
    this.unfetched = unfetched;
    this.results = results;
    this.availability = availability;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Submits if the circuit breaker and then the ledger permit it. If an earlier submission has a
   * result, it is fetched or found instead.
   *
   * @param imageIndex index of the picture; null for a model
   * @param ready ledger row that was written in advance; null if the ledger must decide
   * @return empty if the task was postponed or failed instead
   */
  <T> Optional<Made<T>> submit(
      TaskClaim claim,
      Integer imageIndex,
      Provider provider,
      Call<T> call,
      ReservedSubmission ready)
      throws ProviderException, StaleClaimException {
    PaidResult paid =
        ready == null && imageIndex != null ? paidResults.of(claim, imageIndex).orElse(null) : null;
    if (paid != null) {
      Optional<Made<T>> fetched = fetch(claim, paid, call);
      if (fetched.isPresent()) {
        return fetched;
      }
    }
    Optional<Instant> closedUntil = availability.closedUntil(provider.name());
    if (closedUntil.isPresent()) {
      withdraw(ready);
      results.postpone(claim, closedUntil.get());
      return Optional.empty();
    }
    if (ready != null) {
      confirm(claim, ready);
      return Optional.of(make(claim, ready.call(), provider.name(), call));
    }
    SubmissionDecision permit = ask(claim, imageIndex, provider, false);
    if (permit instanceof SubmissionDecision.LookFirst unlearned) {
      Paid noted = new Paid(claim, unlearned.call(), provider.name());
      Optional<T> found;
      try {
        found =
            call.find(unlearned.submittedAt(), job -> ledger.knows(provider.name(), job), noted);
      } catch (ResultNotFetchedException e) {
        throw noted.failed(e);
      }
      if (found.isPresent()) {
        LOG.info(() -> "Task " + claim.taskId() + ": call " + unlearned.call() + " was taken");
        return found.map(made -> new Made<>(unlearned.call(), made, noted.isNoted));
      }
      permit = ask(claim, imageIndex, provider, true);
    }
    if (permit instanceof SubmissionDecision.Granted granted) {
      return Optional.of(make(claim, granted.call(), provider.name(), call));
    }
    if (permit instanceof SubmissionDecision.Later later) {
      results.postpone(claim, later.until());
    } else if (permit instanceof SubmissionDecision.Denied denied) {
      results.fail(claim, FailureCode.PROVIDER_OUTCOME_UNKNOWN, denied.why());
    }
    return Optional.empty();
  }

  /**
   * Returns whether the provider has accepted nothing in the claim's stage yet. The cause is a
   * problem that only an operator can solve, or an open circuit breaker. The stage's deadline does
   * not count that time.
   */
  boolean hasOnlyWaitedForOperator(TaskClaim claim) {
    if (claim.call() != null) {
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

  private SubmissionDecision ask(
      TaskClaim claim, Integer imageIndex, Provider provider, boolean lookedFor)
      throws StaleClaimException {
    Duration grace = provider.costs() ? settings.get(Setting.RETRY_UNKNOWN_DELAY) : Duration.ZERO;
    return ledger.submit(claim, imageIndex, provider.name(), grace, lookedFor);
  }

  /** Returns whether the provider's circuit breaker permits a request now. */
  boolean mayGoOn(String provider) {
    return availability.closedUntil(provider).isEmpty();
  }

  /** Checks an older permission again, so that nothing is submitted for an outdated claim. */
  private void confirm(TaskClaim claim, ReservedSubmission ready) throws StaleClaimException {
    if (clock.instant().isBefore(ready.since().plus(FRESH))) {
      return;
    }
    try {
      ledger.confirm(claim);
    } catch (StaleClaimException e) {
      withdraw(ready);
      throw e;
    }
  }

  /**
   * Deletes the ledger row of a submission that is not sent.
   *
   * @param ready null if no row was written
   */
  void withdraw(ReservedSubmission ready) {
    if (ready != null) {
      ledger.withdrawn(ready.call());
    }
  }

  /** Recorder of the URL of a submission's result before the fetch, and of a failed fetch. */
  private final class Paid implements Consumer<ResultAddress> {
    private final TaskClaim claim;
    private final long call;
    private final String provider;
    private boolean isNoted;

    Paid(TaskClaim claim, long call, String provider) {
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
        LOG.log(Level.WARNING, "Where the result of call " + call + " lies is not noted", e);
      }
    }

    /** Records that the result could not be fetched. */
    ProviderException failed(ResultNotFetchedException failure) {
      Optional<UnfetchedResult> result =
          isNoted
              ? paidResults.failed(call, failure.reason().name(), failure.getMessage())
              : Optional.empty();
      if (result.isEmpty()) {
        ledger.unknown(call, failure.getMessage());
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
  private <T> Optional<Made<T>> fetch(TaskClaim claim, PaidResult paid, Call<T> call)
      throws ProviderException {
    long number = paid.accepted().call();
    try {
      T result = call.fetch(paid);
      LOG.info(() -> "Task " + claim.taskId() + ": the result of call " + number + " was fetched");
      return Optional.of(new Made<>(number, result, true));
    } catch (ResultNotFetchedException e) {
      UnfetchedResult result =
          paidResults
              .failed(number, e.reason().name(), e.getMessage())
              .orElseThrow(() -> e); // the row was deleted meanwhile
      unfetched.refreshNow();
      boolean hasExpired = clock.instant().isAfter(paid.expiresAt());
      if (hasExpired
          && e.reason() == Reason.ANSWERED
          && paidResults.lost(claim, number, e.getMessage()) < MOST_LOST) {
        return Optional.empty();
      }
      throw new UnfetchedException(result, hasExpired, e);
    }
  }

  /** Sends the submission; if it is not accepted, the ledger gets the provider's error. */
  private <T> Made<T> make(TaskClaim claim, long call, String provider, Call<T> submission)
      throws ProviderException {
    Paid paid = new Paid(claim, call, provider);
    try {
      T result = throughCircuit(provider, submission, paid);
      availability.works(provider);
      return new Made<>(call, result, paid.isNoted);
    } catch (ResultNotFetchedException e) {
      throw paid.failed(e);
    } catch (ProviderException e) {
      if (e.problem() == Problem.OUTCOME_UNKNOWN) {
        ledger.unknown(call, e.getMessage());
      } else {
        ledger.refused(call, e.problem().name(), e.getMessage());
      }
      throw e;
    }
  }

  private static <T> T throughCircuit(
      String provider, Call<T> submission, Consumer<ResultAddress> paid) throws ProviderException {
    try {
      return submission.make(paid);
    } catch (CircuitBreakerOpenException e) {
      throw new CircuitOpenException(provider, e);
    }
  }

  /** Records an accepted submission whose result could not be stored. */
  void accepted(AcceptedSubmission accepted) {
    ledger.accepted(accepted);
  }

  /**
   * Records that a paid model could not be fetched.
   *
   * @param lifetime how long the provider keeps the model
   * @return the updated row; empty if the submission is unknown
   */
  Optional<UnfetchedResult> notFetched(
      TaskClaim claim, ResultFetchException failure, Duration lifetime) {
    Optional<UnfetchedResult> result =
        paidResults.failed(claim, failure.reason().name(), failure.getMessage(), lifetime);
    unfetched.refreshNow();
    return result;
  }

  /** Records that a paid result is lost. */
  void lost(TaskClaim claim, UnfetchedResult result) {
    paidResults.lost(claim, result.call(), result.words());
    unfetched.refreshNow();
  }

  /** Records that a provider job without a waiting task was cancelled, with the effect. */
  void cancelled(TaskClaim.Job job, String effect) {
    ledger.cancelled(job, effect);
  }

  /** Records an accepted submission whose task had moved on. */
  @Counted("maquette.provider.submissions.late")
  void late(AcceptedSubmission accepted) {
    ledger.late(accepted);
  }
}
