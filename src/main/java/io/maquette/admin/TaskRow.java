package io.maquette.admin;

import io.maquette.task.FailureCode;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskModel;
import io.maquette.task.TaskStatus;
import java.time.Instant;
import java.util.UUID;

/**
 * Task in an operator's list.
 *
 * @param modelStatus null before the user chooses a picture
 * @param progress progress of the model in per cent; null before the user chooses a picture
 * @param failedStage null unless the task has failed
 * @param errorCode null unless the task has failed
 * @param provider provider of the model; null until the task has one
 * @param attempt number of the present attempt of its step, from 1
 * @param dueAt when a worker takes the task next, or the lease expires; null if no worker acts on
 *     its status
 * @param leasedBy node that holds the lease; null if the task is not claimed
 */
public record TaskRow(
    UUID id,
    String owner,
    String prompt,
    TaskStatus status,
    ModelStatus modelStatus,
    Integer progress,
    Stage failedStage,
    FailureCode errorCode,
    String provider,
    int attempt,
    Instant createdAt,
    Instant updatedAt,
    Instant dueAt,
    String leasedBy) {

  static TaskRow of(Task task) {
    TaskModel model = task.model().orElse(null);
    return new TaskRow(
        task.id(),
        task.owner(),
        task.prompt(),
        task.status(),
        model == null ? null : model.status(),
        model == null ? null : model.progress(),
        task.failedStage(),
        task.errorCode(),
        model == null ? null : model.provider(),
        task.failedAttempts() + 1,
        task.createdAt(),
        task.updatedAt(),
        task.dueAt(),
        task.leasedBy());
  }
}
