package io.maquette.task.web;

import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.TaskStatus;

/**
 * What users see of a task, with one entry for each visible state. The texts are in the bundles,
 * under {@code screen.*}.
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

  /** Returns the model status of the entry; null if the model does not matter or there is none. */
  ModelStatus modelStatus() {
    return modelStatus;
  }

  /** Returns the failed stage of the entry; null unless the task has failed. */
  Stage failedStage() {
    return failedStage;
  }

  /**
   * Returns whether the main button is enabled; in IMAGE_COMPLETED it is enabled once the user has
   * chosen a picture.
   */
  boolean buttonEnabled() {
    return buttonEnabled;
  }
}
