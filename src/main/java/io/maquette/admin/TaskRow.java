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
 * A task in an operator's list.
 *
 * @param modelStatus null before a picture was chosen
 * @param progress of the model, in per cent; null before a picture was chosen
 * @param failedStage null unless it failed
 * @param errorCode null unless it failed
 * @param provider who makes the model; null before that is known
 * @param attempt which try of its step it is at, from 1
 * @param dueAt when a worker looks at it next, or the lease's end; null if none does
 * @param leasedBy the node that holds it; null while nobody does
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
