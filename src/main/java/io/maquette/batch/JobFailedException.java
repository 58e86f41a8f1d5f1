package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/**
 * BatchTaskService.FailedTask of a run that cannot continue; the message is for operators and
 * contains no secrets.
 */
@ApplicationException(rollback = true)
public sealed class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobFailedException(String message) {
    super(message);
  }

  /** This node no longer owns the run: the run was abandoned, or restarted elsewhere. */
  static final class StaleRun extends JobFailedException {
    private static final long serialVersionUID = 1L;

    StaleRun(long run) {
      super("run " + run + " no longer belongs to this node");
    }
  }
}
