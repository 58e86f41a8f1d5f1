package io.maquette.push;

import io.maquette.task.TaskEvent;
import java.util.UUID;

/**
 * Filter for changes by owner and task.
 *
 * @param owner owner of the tasks; null for all owners
 * @param taskId the only task; null for all tasks
 */
public record ChangeScope(String owner, UUID taskId) {

  /** Scope of all changes. */
  public static final ChangeScope ALL = new ChangeScope(null, null);

  /** Returns whether a change is in this scope. */
  public boolean contains(TaskEvent change) {
    return (owner == null || owner.equals(change.owner()))
        && (taskId == null || taskId.equals(change.taskId()));
  }
}
