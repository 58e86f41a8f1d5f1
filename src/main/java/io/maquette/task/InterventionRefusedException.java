package io.maquette.task;

import jakarta.ejb.ApplicationException;

/** What an operator asked for cannot be done to the task now; nothing was changed. */
@ApplicationException(rollback = true)
public class InterventionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why not. */
  public enum Reason {
    /** No worker holds it. */
    NOT_HELD,
    /** It is with that provider already. */
    SAME_PROVIDER,
    /** As many jobs are open at that provider as may be. */
    NO_ROOM
  }

  private final Reason reason;

  public InterventionRefusedException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
