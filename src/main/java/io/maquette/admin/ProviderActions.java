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
 * What operators say of providers, with what is kept of it; each call is one transaction. It holds
 * for every node within a second or two, and over restarts.
 */
@Stateless
public class ProviderActions {

  /**
   * What was said of a provider, as it is kept in the audit; what is null is as the settings and
   * the provider have it.
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

  /** Sends nothing there until it is resumed; what is open there goes on. */
  public void pause(String provider, Operator operator, String reason) {
    said(
        "PAUSE_PROVIDER",
        provider,
        operator,
        reason,
        () -> controls.pause(provider, operator.name(), reason));
  }

  /** It is in use again. */
  public void resume(String provider, Operator operator, String reason) {
    said("RESUME_PROVIDER", provider, operator, reason, () -> controls.resume(provider));
  }

  /** Nodes that leave it alone try it again at once, with a single task each. */
  public void probe(String provider, Operator operator, String reason) {
    said("PROBE_PROVIDER", provider, operator, reason, () -> controls.probe(provider));
  }

  /**
   * Changes what it may be asked for.
   *
   * @param openJobs how many model jobs may be open there, positive; null for what the settings or
   *     the provider say
   * @param requestsPerSecond how often it may be called, positive; null for what the provider says
   */
  public void limit(
      String provider,
      Integer openJobs,
      Integer requestsPerSecond,
      Operator operator,
      String reason) {
    said(
        "LIMIT_PROVIDER",
        provider,
        operator,
        reason,
        () -> controls.limit(provider, openJobs, requestsPerSecond));
  }

  private void said(
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
