package io.maquette.admin;

import io.maquette.task.TaskStatus;
import io.maquette.task.TaskTransition;
import java.util.EnumSet;
import java.util.Set;

/** Action of an operator on any user's task, under the transition rules of the owner's actions. */
public enum Intervention {
  /** Cancels the task. */
  CANCEL,
  /** Generates the task's pictures again. */
  RETRY_IMAGES,
  /** Generates the task's model again from the chosen picture. */
  RETRY_MODEL,
  /** Releases the worker's lease; the fence rejects the result of that worker. */
  RELEASE_LEASE,
  /** Moves the model to another provider, for the first or a further generation. */
  CHANGE_PROVIDER,
  /** Deletes the task with its rows and files. */
  DELETE;

  /** Returns the statuses that permit the action; further rules of the task can forbid it. */
  public Set<TaskStatus> from() {
    return switch (this) {
      case CANCEL -> allowing(TaskTransition.CANCEL);
      case RETRY_IMAGES -> allowing(TaskTransition.RETRY_IMAGES);
      case RETRY_MODEL -> allowing(TaskTransition.RETRY_MODEL);
      case RELEASE_LEASE ->
          EnumSet.of(
              TaskStatus.IMAGE_GENERATING, TaskStatus.IMAGE_EDITING, TaskStatus.MODEL_GENERATING);
      case CHANGE_PROVIDER ->
          EnumSet.of(TaskStatus.MODEL_PENDING, TaskStatus.MODEL_GENERATING, TaskStatus.FAILED);
      case DELETE -> EnumSet.allOf(TaskStatus.class);
    };
  }

  private static Set<TaskStatus> allowing(TaskTransition verb) {
    Set<TaskStatus> from = EnumSet.allOf(TaskStatus.class);
    from.removeIf(status -> status.after(verb).isEmpty());
    return from;
  }
}
