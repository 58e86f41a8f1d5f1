package io.maquette.admin;

import io.maquette.task.TaskStatus;
import io.maquette.task.TaskTransition;
import java.util.EnumSet;
import java.util.Set;

/** What an operator may do to a task of whomever, by the rules that hold for its owner. */
public enum Intervention {
  /** Stop it for good. */
  CANCEL,
  /** Have its pictures made again. */
  RETRY_IMAGES,
  /** Have its model made again from the chosen picture. */
  RETRY_MODEL,
  /** Take it from the worker that holds it; whatever that brings is refused. */
  RELEASE_LEASE,
  /** Have its model made by another provider, from now on or again. */
  CHANGE_PROVIDER,
  /** Remove it with its rows and files. */
  DELETE;

  /** Where it may be possible; a task may know reasons against it. */
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
