package io.maquette.task;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where a task is in its life, named so that anyone who reads it knows what to show.
 *
 * <p>The one table of legal moves is {@link #TRANSITIONS}; the verbs of {@link Task} obey it, the
 * API's {@code allowedActions} and the diagram in {@code docs/task-lifecycle.md} are made from it.
 */
public enum TaskStatus {
  /** Waits in the queue for pictures; a picture worker acts next. */
  IMAGE_PENDING(Stage.IMAGE),
  /** A worker makes the pictures, which appear one by one; the worker acts next. */
  IMAGE_GENERATING(Stage.IMAGE),
  /** The pictures are there; the user acts next by choosing one. */
  IMAGE_COMPLETED(Stage.IMAGE),
  /** One of the pictures is changed as its owner says; an edit worker acts next. */
  IMAGE_EDITING(Stage.IMAGE),
  /** A picture is chosen and waits for room at the model provider; the model worker acts next. */
  MODEL_PENDING(Stage.MODEL),
  /** The model is being made; the model worker acts next. */
  MODEL_GENERATING(Stage.MODEL),
  /** The model file is ours; the user may download it or choose another picture. */
  MODEL_COMPLETED(Stage.MODEL),
  /** Given up, {@code failedStage} says where; the user may retry. */
  FAILED(null),
  /** Stopped by the user or an operator; final, nobody acts any more. */
  CANCELLED(null);

  /**
   * One legal move.
   *
   * @param from null for a new task
   */
  public record Transition(TaskStatus from, TaskTransition verb, TaskStatus to) {}

  /** Every legal move there is; whatever is not here is refused. */
  public static final List<Transition> TRANSITIONS =
      List.of(
          new Transition(null, TaskTransition.CREATE, IMAGE_PENDING),
          new Transition(null, TaskTransition.CREATE_FROM_PICTURE, IMAGE_COMPLETED),
          new Transition(IMAGE_PENDING, TaskTransition.START_IMAGES, IMAGE_GENERATING),
          new Transition(IMAGE_GENERATING, TaskTransition.COMPLETE_IMAGES, IMAGE_COMPLETED),
          new Transition(IMAGE_COMPLETED, TaskTransition.EDIT_IMAGE, IMAGE_EDITING),
          new Transition(MODEL_COMPLETED, TaskTransition.EDIT_IMAGE, IMAGE_EDITING),
          new Transition(IMAGE_EDITING, TaskTransition.COMPLETE_EDIT, IMAGE_COMPLETED),
          new Transition(IMAGE_EDITING, TaskTransition.CANCEL, IMAGE_COMPLETED),
          new Transition(IMAGE_EDITING, TaskTransition.FAIL, IMAGE_COMPLETED),
          new Transition(IMAGE_COMPLETED, TaskTransition.SELECT_IMAGE, MODEL_PENDING),
          new Transition(MODEL_PENDING, TaskTransition.START_MODEL, MODEL_GENERATING),
          new Transition(MODEL_GENERATING, TaskTransition.COMPLETE_MODEL, MODEL_COMPLETED),
          new Transition(MODEL_COMPLETED, TaskTransition.SELECT_IMAGE, MODEL_PENDING),
          new Transition(IMAGE_PENDING, TaskTransition.CANCEL, CANCELLED),
          new Transition(IMAGE_GENERATING, TaskTransition.CANCEL, CANCELLED),
          new Transition(MODEL_PENDING, TaskTransition.CANCEL, CANCELLED),
          new Transition(MODEL_GENERATING, TaskTransition.CANCEL, CANCELLED),
          new Transition(IMAGE_PENDING, TaskTransition.FAIL, FAILED),
          new Transition(IMAGE_GENERATING, TaskTransition.FAIL, FAILED),
          new Transition(MODEL_PENDING, TaskTransition.FAIL, FAILED),
          new Transition(MODEL_GENERATING, TaskTransition.FAIL, FAILED),
          new Transition(FAILED, TaskTransition.RETRY_IMAGES, IMAGE_PENDING),
          new Transition(FAILED, TaskTransition.RETRY_MODEL, MODEL_PENDING),
          new Transition(FAILED, TaskTransition.SELECT_IMAGE, MODEL_PENDING));

  private static final Set<TaskStatus> IN_PROGRESS =
      EnumSet.of(IMAGE_PENDING, IMAGE_GENERATING, IMAGE_EDITING, MODEL_PENDING, MODEL_GENERATING);

  private final Stage stage;

  TaskStatus(Stage stage) {
    this.stage = stage;
  }

  /** The stage it belongs to; empty for FAILED and CANCELLED, which end either. */
  public Optional<Stage> stage() {
    return Optional.ofNullable(stage);
  }

  /** Which worker acts in it. */
  public String worker() {
    return this == IMAGE_EDITING ? "edits" : stage == Stage.IMAGE ? "pictures" : "models";
  }

  /** Those that belong to a stage. */
  public static Set<TaskStatus> of(Stage stage) {
    Set<TaskStatus> statuses = EnumSet.noneOf(TaskStatus.class);
    Arrays.stream(values()).filter(status -> status.stage == stage).forEach(statuses::add);
    return statuses;
  }

  /** Those that are so, as a list for SQL. */
  public static String listed(Predicate<TaskStatus> which) {
    return Arrays.stream(values())
        .filter(which)
        .map(status -> "'" + status.name() + "'")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Where the verb leads from here; empty when it is refused. */
  public Optional<TaskStatus> after(TaskTransition verb) {
    return TRANSITIONS.stream()
        .filter(move -> move.from() == this && move.verb() == verb)
        .map(Transition::to)
        .findFirst();
  }

  /** Whether a worker acts next, so that the task may be cancelled and must not be forgotten. */
  public boolean isInProgress() {
    return IN_PROGRESS.contains(this);
  }

  /** Whether the task waits in a queue. */
  public boolean isPending() {
    return this == IMAGE_PENDING || this == MODEL_PENDING;
  }

  /** What people may do from here by the table alone; a task may know reasons against some. */
  public Set<TaskTransition> verbsForPeople() {
    Set<TaskTransition> verbs = EnumSet.noneOf(TaskTransition.class);
    Arrays.stream(TaskTransition.values())
        .filter(verb -> verb.isForPeople() && after(verb).isPresent())
        .forEach(verbs::add);
    return verbs;
  }
}
