package io.maquette.task;

import jakarta.ejb.ApplicationException;

/** Refusal of an operator action that is not possible for the task now; nothing was changed. */
@ApplicationException(rollback = true)
public class InterventionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Reason of the refusal. */
  public enum Reason {
    /** No worker has a claim on the task. */
    NOT_HELD,
    /** The task is already assigned to that provider. */
    SAME_PROVIDER,
    /** The provider's limit of open jobs is reached. */
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
