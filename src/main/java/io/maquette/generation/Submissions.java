package io.maquette.generation;

import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.provider.CircuitOpenException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.task.Claim;
import io.maquette.task.FailureCode;
import io.maquette.task.Ledger;
import io.maquette.task.Permit;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Makes submissions to providers by the {@link Ledger}'s rules. */
@ApplicationScoped
public class Submissions {

  /** A call to a provider that may be paid for. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws ProviderException;
  }

  private Ledger ledger;
  private TaskService tasks;
  private Availability availability;
  private Settings settings;

  /** For CDI. */
  protected Submissions() {}

  @Inject
  Submissions(Ledger ledger, TaskService tasks, Availability availability, Settings settings) {
    this.ledger = ledger;
    this.tasks = tasks;
    this.availability = availability;
    this.settings = settings;
  }

  /**
   * Asks for leave to submit: of the provider's availability, then of the ledger.
   *
   * @param imageIndex which picture; null for a model
   * @return the number of the row; null if the task was put off or given up instead
   */
  Long begin(Claim claim, Integer imageIndex, String provider, boolean costs)
      throws StaleClaimException {
    Optional<Instant> closedUntil = availability.closedUntil(provider);
    if (closedUntil.isPresent()) {
      tasks.postpone(claim, closedUntil.get());
      return null;
    }
    Duration grace = costs ? settings.get(Setting.RETRY_UNKNOWN_DELAY) : Duration.ZERO;
    Permit permit = ledger.submit(claim, imageIndex, provider, grace);
    if (permit instanceof Permit.Granted granted) {
      return granted.call();
    }
    if (permit instanceof Permit.Later later) {
      tasks.postpone(claim, later.until());
    } else if (permit instanceof Permit.Denied denied) {
      tasks.fail(claim, FailureCode.PROVIDER_OUTCOME_UNKNOWN, denied.why());
    }
    return null;
  }

  /** Makes the submission; one that is not accepted is noted with what the provider said. */
  <T> T make(long call, String provider, Call<T> submission) throws ProviderException {
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
  void accepted(long call) {
    ledger.accepted(call);
  }

  /** A job nobody waits for was cancelled; what that did is noted. */
  void cancelled(Claim.Job job, String effect) {
    ledger.cancelled(job, effect);
  }

  /** The provider accepted when nobody waited for it any more. */
  void late(long call, String jobId, String requestId) {
    ledger.late(call, jobId, requestId);
  }
}
