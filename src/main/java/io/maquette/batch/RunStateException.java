package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** Rejection: the run's status forbids the action. The transaction rolls back. */
@ApplicationException(rollback = true)
public class RunStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RunStatus status;

  RunStateException(Run run) {
    super("run " + run.id() + " is " + run.status());
    this.status = run.status();
  }

  /** Returns the present status. */
  public RunStatus status() {
    return status;
  }
}
