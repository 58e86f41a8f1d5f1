package io.maquette.task;

import jakarta.ejb.ApplicationException;

/**
 * Refusal of a result whose claim is no longer valid. While the worker ran its step, the task was
 * cancelled, deleted or claimed by another worker. Nothing was changed; workers expect this race.
 */
@ApplicationException(rollback = true)
public class StaleClaimException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the refusal for an outdated claim. */
  public StaleClaimException(TaskClaim claim) {
    super("task " + claim.taskId() + " has moved on since claim " + claim.fence());
  }
}
