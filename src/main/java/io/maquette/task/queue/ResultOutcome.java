package io.maquette.task.queue;

import io.maquette.task.Task;
import io.maquette.task.TaskStatus;
import java.time.Instant;

/**
 * Outcome of applying one result. The type is public, because Payara's EJB proxies return only
 * public types.
 *
 * @param status status of the task afterwards; null unless the result was applied
 * @param due when a worker takes the task next; null if no worker does or the claim continues
 * @param call ledger row of the submission that follows; null if none follows
 */
public record ResultOutcome(Outcome outcome, TaskStatus status, Instant due, Long call) {

  /** Whether the result was applied. */
  public enum Outcome {
    APPLIED,
    /** The claim was no longer valid. */
    REFUSED,
    /** Another transaction has locked the task, or the task does not exist. */
    LOCKED
  }

  static ResultOutcome applied(Task task) {
    boolean given = task.status().isInProgress() && task.leasedBy() == null;
    return new ResultOutcome(Outcome.APPLIED, task.status(), given ? task.dueAt() : null, null);
  }

  /**
   * Creates the outcome of a result that leaves the status unchanged: the task is released until
   * the due time, or the claim continues.
   */
  static ResultOutcome unchanged(TaskStatus status, Instant due, Long call) {
    return new ResultOutcome(Outcome.APPLIED, status, due, call);
  }

  static ResultOutcome not(Outcome why) {
    return new ResultOutcome(why, null, null, null);
  }

  public boolean isApplied() {
    return outcome == Outcome.APPLIED;
  }

  public boolean isLocked() {
    return outcome == Outcome.LOCKED;
  }
}
