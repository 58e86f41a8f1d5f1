package io.maquette.batch;

import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskStatus;
import java.time.Instant;

/**
 * Which failed tasks are meant; what is null is not asked for.
 *
 * @param stage the stage that failed
 * @param code why
 * @param provider who was called last in that stage
 * @param owner whose tasks
 * @param from failed then or later
 * @param before failed earlier
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
