package io.maquette.task;

import jakarta.ejb.ApplicationException;

/**
 * The tolerated race of a worker with everybody else: while it worked, the task was cancelled,
 * deleted or given to another worker. Its result is refused and changes nothing.
 */
@ApplicationException(rollback = true)
public class StaleClaimException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Of a claim that has been overtaken. */
  public StaleClaimException(TaskClaim claim) {
    super("task " + claim.taskId() + " has moved on since claim " + claim.fence());
  }
}
