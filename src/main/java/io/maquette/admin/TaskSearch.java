package io.maquette.admin;

import io.maquette.task.FailureCode;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.TaskStatus;
import java.time.Instant;
import java.util.Set;

/**
 * Which tasks of all users an operator looks for; what is null or empty is not asked for.
 *
 * @param statuses any of these
 * @param modelStatuses any of these
 * @param stage the stage a task is in, or failed in
 * @param provider to whom something was submitted for it
 * @param owner whose tasks
 * @param code why it failed
 * @param from created then or later
 * @param before created earlier
 * @param text a task's id, the id of a job or of a request at a provider, or part of the prompt,
 *     any case
 */
public record TaskSearch(
    Set<TaskStatus> statuses,
    Set<ModelStatus> modelStatuses,
    Stage stage,
    String provider,
    String owner,
    FailureCode code,
    Instant from,
    Instant before,
    String text) {

  /** All tasks. */
  public static final TaskSearch ALL =
      new TaskSearch(Set.of(), Set.of(), null, null, null, null, null, null, null);

  public TaskSearch {
    statuses = Set.copyOf(statuses);
    modelStatuses = Set.copyOf(modelStatuses);
  }

  /**
   * Those of them that have one of these statuses.
   *
   * @param only not empty, and among {@link #statuses} unless these are
   */
  public TaskSearch within(Set<TaskStatus> only) {
    return new TaskSearch(only, modelStatuses, stage, provider, owner, code, from, before, text);
  }
}
