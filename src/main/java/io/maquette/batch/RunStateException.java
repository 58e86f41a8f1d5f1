package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** The run's status does not allow what was asked; nothing was changed. */
@ApplicationException(rollback = true)
public class RunStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RunStatus status;

  RunStateException(Run run) {
    super("run " + run.id() + " is " + run.status());
    this.status = run.status();
  }

  /** Where it is. */
  public RunStatus status() {
    return status;
  }
}
