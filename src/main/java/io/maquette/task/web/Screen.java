package io.maquette.task.web;

import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.TaskStatus;

/**
 * What people see of a task, a line for each state it can be in; the texts stand under {@code
 * screen.*} in the bundles.
 */
enum Screen {
  IMAGE_PENDING(TaskStatus.IMAGE_PENDING, null, null, false),
  IMAGE_GENERATING(TaskStatus.IMAGE_GENERATING, null, null, false),
  IMAGE_COMPLETED(TaskStatus.IMAGE_COMPLETED, null, null, true),
  IMAGE_EDITING(TaskStatus.IMAGE_EDITING, null, null, false),
  MODEL_PENDING(TaskStatus.MODEL_PENDING, ModelStatus.PENDING, null, false),
  MODEL_WAITING(TaskStatus.MODEL_GENERATING, ModelStatus.PENDING, null, false),
  MODEL_GENERATING(TaskStatus.MODEL_GENERATING, ModelStatus.GENERATING, null, false),
  MODEL_COMPLETED(TaskStatus.MODEL_COMPLETED, ModelStatus.COMPLETED, null, true),
  IMAGE_FAILED(TaskStatus.FAILED, null, Stage.IMAGE, true),
  MODEL_FAILED(TaskStatus.FAILED, ModelStatus.FAILED, Stage.MODEL, true),
  CANCELLED(TaskStatus.CANCELLED, null, null, true);

  private final TaskStatus status;
  private final ModelStatus modelStatus;
  private final Stage failedStage;
  private final boolean buttonEnabled;

  Screen(TaskStatus status, ModelStatus modelStatus, Stage failedStage, boolean buttonEnabled) {
    this.status = status;
    this.modelStatus = modelStatus;
    this.failedStage = failedStage;
    this.buttonEnabled = buttonEnabled;
  }

  TaskStatus status() {
    return status;
  }

  /** Null where the model does not matter or there is none. */
  ModelStatus modelStatus() {
    return modelStatus;
  }

  /** Null unless the task has failed. */
  Stage failedStage() {
    return failedStage;
  }

  /** Whether the main button can be pressed; before the model is made, once a picture is chosen. */
  boolean buttonEnabled() {
    return buttonEnabled;
  }
}
