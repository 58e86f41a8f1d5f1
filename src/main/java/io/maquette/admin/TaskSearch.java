package io.maquette.admin;

import io.maquette.task.FailureCode;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.TaskStatus;
import java.time.Instant;
import java.util.Set;

/**
 * Search for tasks of all users; a null or empty component matches every task.
 *
 * @param statuses any of these statuses
 * @param modelStatuses any of these model statuses
 * @param stage stage that the task is in, or failed in
 * @param provider provider that got a submission for the task
 * @param owner owner of the task
 * @param code reason of the failure
 * @param from earliest creation time, inclusive
 * @param before latest creation time, exclusive
 * @param text id of a task, of a provider job or of a request at a provider, or part of the prompt
 *     in any case
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

  /** Search that finds all tasks. */
  public static final TaskSearch ALL =
      new TaskSearch(Set.of(), Set.of(), null, null, null, null, null, null, null);

  public TaskSearch {
    statuses = Set.copyOf(statuses);
    modelStatuses = Set.copyOf(modelStatuses);
  }

  /**
   * Returns this search with other statuses.
   *
   * @param only not empty, and a subset of {@link #statuses} unless these are empty
   */
  public TaskSearch within(Set<TaskStatus> only) {
    return new TaskSearch(only, modelStatuses, stage, provider, owner, code, from, before, text);
  }
}
