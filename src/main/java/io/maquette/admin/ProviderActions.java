package io.maquette.admin;

import io.maquette.security.Audit;
import io.maquette.security.Operator;
import io.maquette.task.submission.ProviderControl;
import io.maquette.task.submission.ProviderControls;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Transactional service for audited operator actions on providers. A change applies to every node
 * within 2 seconds and survives restarts.
 */
@Stateless
public class ProviderActions {

  /**
   * State of a provider's control in the audit; null means the value of the settings or the
   * provider.
   */
  public record State(
      boolean paused, Instant probedAt, Integer openJobs, Integer requestsPerSecond) {
    static State of(ProviderControl control) {
      return new State(
          control.isPaused(),
          control.probedAt(),
          control.openJobs().orElse(null),
          control.requestsPerSecond().orElse(null));
    }
  }

  @Inject private ProviderControls controls;
  @Inject private Audit audit;

  /** Required by the container. */
  public ProviderActions() {}

  ProviderActions(ProviderControls controls, Audit audit) {
    this.controls = controls;
    this.audit = audit;
  }

  /**
   * Pauses a provider: no node sends submissions until an operator resumes it; open provider jobs
   * continue.
   */
  public void pause(String provider, Operator operator, String reason) {
    change(
        "PAUSE_PROVIDER",
        provider,
        operator,
        reason,
        () -> controls.pause(provider, operator.name(), reason));
  }

  /** Resumes a paused provider. */
  public void resume(String provider, Operator operator, String reason) {
    change("RESUME_PROVIDER", provider, operator, reason, () -> controls.resume(provider));
  }

  /** Makes open circuit breakers half-open: each node sends one trial request at once. */
  public void probe(String provider, Operator operator, String reason) {
    change("PROBE_PROVIDER", provider, operator, reason, () -> controls.probe(provider));
  }

  /**
   * Changes the limits of a provider.
   *
   * @param openJobs limit of open provider jobs, positive; null applies the limit of the settings
   *     or the provider
   * @param requestsPerSecond rate limit in requests per second, positive; null applies the
   *     provider's limit
   */
  public void limit(
      String provider,
      Integer openJobs,
      Integer requestsPerSecond,
      Operator operator,
      String reason) {
    change(
        "LIMIT_PROVIDER",
        provider,
        operator,
        reason,
        () -> controls.limit(provider, openJobs, requestsPerSecond));
  }

  private void change(
      String action,
      String provider,
      Operator operator,
      String reason,
      Supplier<ProviderControl> change) {
    State before = State.of(controls.find(provider));
    State after = State.of(change.get());
    audit.write(operator, action, "provider:" + provider, reason, before, after);
  }
}
