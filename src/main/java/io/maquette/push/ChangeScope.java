package io.maquette.push;

import io.maquette.task.TaskEvent;
import java.util.UUID;

/**
 * Whose changes are meant.
 *
 * @param owner whose tasks; null for everybody's
 * @param taskId the one task; null for all
 */
public record ChangeScope(String owner, UUID taskId) {

  /** Every change there is. */
  public static final ChangeScope ALL = new ChangeScope(null, null);

  /** Whether a change is among those meant. */
  public boolean contains(TaskEvent change) {
    return (owner == null || owner.equals(change.owner()))
        && (taskId == null || taskId.equals(change.taskId()));
  }
}
