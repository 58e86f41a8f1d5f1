package io.maquette.task.queue;

import io.maquette.task.Task;
import io.maquette.task.TaskStatus;
import java.time.Instant;

/**
 * What came of a settlement. Public, as the proxies of Payara's EJBs cannot hand over anything
 * else.
 *
 * @param status of the task then; null unless applied
 * @param due when a worker shall look at the task next; null if none shall, or this one holds it
 * @param call number of the row written for the submission that follows; null if none does
 */
public record ResultOutcome(Outcome outcome, TaskStatus status, Instant due, Long call) {

  /** What became of it. */
  public enum Outcome {
    APPLIED,
    /** The task had moved on since it was claimed. */
    REFUSED,
    /** The task is locked by somebody else, or is not there. */
    LOCKED
  }

  static ResultOutcome applied(Task task) {
    boolean given = task.status().isInProgress() && task.leasedBy() == null;
    return new ResultOutcome(Outcome.APPLIED, task.status(), given ? task.dueAt() : null, null);
  }

  /** The task's status is as it was: it is looked at again when due, or its holder goes on. */
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
