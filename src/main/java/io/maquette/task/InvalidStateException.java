package io.maquette.task;

import jakarta.ejb.ApplicationException;
import java.util.Set;

/** Refusal of an action that the task's status does not allow; nothing was changed. */
@ApplicationException(rollback = true)
public class InvalidStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TaskStatus currentStatus;
  private final transient Set<TaskAction> allowedActions;

  InvalidStateException(Task task, TaskTransition verb) {
    this(task.status(), task.allowedActions(), verb);
  }

  InvalidStateException(
      TaskStatus currentStatus, Set<TaskAction> allowedActions, TaskTransition verb) {
    super(verb + " is not allowed while the task is " + currentStatus);
    this.currentStatus = currentStatus;
    this.allowedActions = allowedActions;
  }

  public TaskStatus currentStatus() {
    return currentStatus;
  }

  public Set<TaskAction> allowedActions() {
    return allowedActions;
  }
}
