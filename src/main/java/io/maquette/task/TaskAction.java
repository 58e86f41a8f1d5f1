package io.maquette.task;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Action that a user may take on a task; the API offers it in {@code allowedActions}. An action is
 * allowed exactly when its transition is.
 */
public enum TaskAction {
  /** Chooses a picture and starts the model: {@code PATCH /api/tasks/{id}}. */
  SELECT_IMAGE(TaskTransition.SELECT_IMAGE),
  /** Requests a new version of a picture: {@code POST /api/tasks/{id}/edit}. */
  EDIT_IMAGE(TaskTransition.EDIT_IMAGE),
  /** {@code POST /api/tasks/{id}/cancel}. */
  CANCEL(TaskTransition.CANCEL),
  /** {@code POST /api/tasks/{id}/retry} with type {@code images}. */
  RETRY_IMAGES(TaskTransition.RETRY_IMAGES),
  /** {@code POST /api/tasks/{id}/retry} with type {@code model}. */
  RETRY_MODEL(TaskTransition.RETRY_MODEL),
  /** {@code DELETE /api/tasks/{id}}; allowed in every status. */
  DELETE(null);

  private final TaskTransition transition;

  TaskAction(TaskTransition transition) {
    this.transition = transition;
  }

  /** Returns the actions whose transitions are allowed. */
  static Set<TaskAction> allowedBy(Predicate<TaskTransition> rule) {
    Set<TaskAction> actions = EnumSet.noneOf(TaskAction.class);
    for (TaskAction action : values()) {
      if (action.transition == null || rule.test(action.transition)) {
        actions.add(action);
      }
    }
    return actions;
  }
}
