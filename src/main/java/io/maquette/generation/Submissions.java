package io.maquette.generation;

import io.maquette.platform.Counted;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.provider.CircuitOpenException;
import io.maquette.provider.Problem;
import io.maquette.provider.Provider;
import io.maquette.provider.ProviderException;
import io.maquette.task.Accepted;
import io.maquette.task.Claim;
import io.maquette.task.FailureCode;
import io.maquette.task.Ledger;
import io.maquette.task.Permit;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskResults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Makes submissions to providers by the {@link Ledger}'s rules. */
@ApplicationScoped
public class Submissions {

  private static final Logger LOG = Logger.getLogger(Submissions.class.getName());

  /** So long the leave that came with a row is good; after that the task may have moved on. */
  private static final Duration FRESH = Duration.ofMillis(500);

  /** A call to a provider that may be paid for. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws ProviderException;

    /**
     * Looks for what the same call made, if it was taken, when its outcome was not learned.
     *
     * @param submittedAt when it was made
     * @param isKnown whether a job is another submission's
     */
    default Optional<T> find(Instant submittedAt, Predicate<String> isKnown)
        throws ProviderException {
      return Optional.empty();
    }
  }

  /**
   * What a provider has made.
   *
   * @param call number of the submission's row
   */
  record Made<T>(long call, T result) {}

  private Ledger ledger;
  private TaskResults results;
  private Availability availability;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected Submissions() {}

  @Inject
  Submissions(
      Ledger ledger,
      TaskResults results,
      Availability availability,
      Settings settings,
      Clock clock) {
    this.ledger = ledger;
    this.results = results;
    this.availability = availability;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Submits, if the provider's availability and then the ledger give leave; or finds what an
   * earlier submission made.
   *
   * @param imageIndex which picture; null for a model
   * @param ready the row that was written for this in advance; null if the ledger is to be asked
   * @return empty if the task was put off or given up instead
   */
  <T> Optional<Made<T>> submit(
      Claim claim, Integer imageIndex, Provider provider, Call<T> call, Ready ready)
      throws ProviderException, StaleClaimException {
    Optional<Instant> closedUntil = availability.closedUntil(provider.name());
    if (closedUntil.isPresent()) {
      withdraw(ready);
      results.postpone(claim, closedUntil.get());
      return Optional.empty();
    }
    if (ready != null) {
      confirm(claim, ready);
      return Optional.of(new Made<>(ready.call(), make(ready.call(), provider.name(), call)));
    }
    Permit permit = ask(claim, imageIndex, provider, false);
    if (permit instanceof Permit.LookFirst unlearned) {
      Optional<T> found =
          call.find(unlearned.submittedAt(), job -> ledger.knows(provider.name(), job));
      if (found.isPresent()) {
        LOG.info(() -> "Task " + claim.taskId() + ": call " + unlearned.call() + " was taken");
        return found.map(made -> new Made<>(unlearned.call(), made));
      }
      permit = ask(claim, imageIndex, provider, true);
    }
    if (permit instanceof Permit.Granted granted) {
      return Optional.of(new Made<>(granted.call(), make(granted.call(), provider.name(), call)));
    }
    if (permit instanceof Permit.Later later) {
      results.postpone(claim, later.until());
    } else if (permit instanceof Permit.Denied denied) {
      results.fail(claim, FailureCode.PROVIDER_OUTCOME_UNKNOWN, denied.why());
    }
    return Optional.empty();
  }

  /**
   * Whether the provider has taken nothing of a claim's stage yet, because of a problem that only
   * an operator can solve. The stage's deadline does not count that time.
   */
  boolean hasOnlyWaitedForOperator(Claim claim) {
    if (claim.call() != null) {
      return false; // this is its first submission
    }
    List<String> problems = ledger.refusals(claim);
    return problems.stream().anyMatch(Submissions::isForOperator);
  }

  private static boolean isForOperator(String problem) {
    return Stream.of(Problem.values())
        .anyMatch(one -> one.isForOperator() && one.name().equals(problem));
  }

  private Permit ask(Claim claim, Integer imageIndex, Provider provider, boolean lookedFor)
      throws StaleClaimException {
    Duration grace = provider.costs() ? settings.get(Setting.RETRY_UNKNOWN_DELAY) : Duration.ZERO;
    return ledger.submit(claim, imageIndex, provider.name(), grace, lookedFor);
  }

  /** Whether the provider may be called now. */
  boolean mayGoOn(String provider) {
    return availability.closedUntil(provider).isEmpty();
  }

  /** What is not wanted any more is not submitted. */
  private void confirm(Claim claim, Ready ready) throws StaleClaimException {
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
   * A submission whose row was written in advance is not made.
   *
   * @param ready null if none was written
   */
  void withdraw(Ready ready) {
    if (ready != null) {
      ledger.withdrawn(ready.call());
    }
  }

  /** Makes the submission; one that is not accepted is noted with what the provider said. */
  private <T> T make(long call, String provider, Call<T> submission) throws ProviderException {
    try {
      T result = throughCircuit(provider, submission);
      availability.works(provider);
      return result;
    } catch (ProviderException e) {
      if (e.problem() == Problem.OUTCOME_UNKNOWN) {
        ledger.unknown(call, e.getMessage());
      } else {
        ledger.refused(call, e.problem().name(), e.getMessage());
      }
      throw e;
    }
  }

  private static <T> T throughCircuit(String provider, Call<T> submission)
      throws ProviderException {
    try {
      return submission.make();
    } catch (CircuitBreakerOpenException e) {
      throw new CircuitOpenException(provider, e);
    }
  }

  /** The provider did its part, but we could not keep the result. */
  void accepted(Accepted accepted) {
    ledger.accepted(accepted);
  }

  /** A job nobody waits for was cancelled; what that did is noted. */
  void cancelled(Claim.Job job, String effect) {
    ledger.cancelled(job, effect);
  }

  /** The provider accepted when nobody waited for it any more. */
  @Counted("maquette.provider.submissions.late")
  void late(Accepted accepted) {
    ledger.late(accepted);
  }
}
