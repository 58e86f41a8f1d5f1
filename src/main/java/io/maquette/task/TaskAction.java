package io.maquette.task;

/** What a person may do with a task, as the API offers it in {@code allowedActions}. */
public enum TaskAction {
  /** Choose a picture and start the model: {@code PATCH /api/tasks/{id}}. */
  SELECT_IMAGE,
  /** Have a new version of a picture made: {@code POST /api/tasks/{id}/edit}. */
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
