package io.maquette.task.queue;

import io.maquette.task.Task;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * Outcome of applying one result. The types are public, because Payara's EJB proxies return only
 * public types.
 */
public sealed interface ResultOutcome {

  /**
   * The result is applied.
   *
   * @param status status of the task afterwards
   * @param due when a worker takes the task next; empty if no worker does or the claim continues
   * @param next the claim as it continues; empty if it ended
   */
  record Applied(TaskStatus status, Optional<Instant> due, Optional<ImageClaim> next)
      implements ResultOutcome {

    static Applied to(Task task) {
      TaskStatus status = task.status();
      // the event of a task that becomes pending wakes its worker
      boolean isReleased = status.isInProgress() && !status.isPending() && task.leasedBy() == null;
      return new Applied(
          status,
          isReleased ? Optional.ofNullable(task.dueAt()) : Optional.empty(),
          Optional.empty());
    }
  }

  /** The result changed nothing. */
  enum NotApplied implements ResultOutcome {
    /** The claim was no longer valid. */
    REFUSED,
    /** Another transaction has locked the task, or the task does not exist. */
    LOCKED
  }
}
