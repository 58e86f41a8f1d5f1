package io.maquette.task;

/** Action that a user may take on a task; the API offers it in {@code allowedActions}. */
public enum TaskAction {
  /** Chooses a picture and starts the model: {@code PATCH /api/tasks/{id}}. */
  SELECT_IMAGE,
  /** Requests a new version of a picture: {@code POST /api/tasks/{id}/edit}. */
  EDIT_IMAGE,
  /** {@code POST /api/tasks/{id}/cancel}. */
  CANCEL,
  /** {@code POST /api/tasks/{id}/retry} with type {@code images}. */
  RETRY_IMAGES,
  /** {@code POST /api/tasks/{id}/retry} with type {@code model}. */
  RETRY_MODEL,
  /** {@code DELETE /api/tasks/{id}}; always allowed. */
  DELETE;

  static TaskAction of(TaskTransition verb) {
    return valueOf(verb.name());
  }
}
