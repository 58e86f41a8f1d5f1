package io.maquette.batch;

import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskStatus;
import java.time.Instant;

/**
 * Filter for failed tasks; a null component matches every task.
 *
 * @param stage failed stage
 * @param code reason of the failure
 * @param provider provider of the last submission in that stage
 * @param owner owner of the task
 * @param from earliest time of the failure, inclusive
 * @param before latest time of the failure, exclusive
 */
public record FailureFilter(
    Stage stage, FailureCode code, String provider, String owner, Instant from, Instant before) {

  boolean meets(Task task) {
    return task.status() == TaskStatus.FAILED
        && (stage == null || task.failedStage() == stage)
        && (code == null || task.errorCode() == code)
        && (owner == null || task.owner().equals(owner))
        && (from == null || !task.failedAt().isBefore(from))
        && (before == null || task.failedAt().isBefore(before));
  }
}
