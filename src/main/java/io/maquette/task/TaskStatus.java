package io.maquette.task;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Status of a task.
 *
 * <p>{@link #TRANSITIONS} lists all legal transitions, and the methods of {@link Task} obey it. The
 * API's {@code allowedActions} and the diagram in {@code docs/task-lifecycle.md} are generated from
 * it.
 */
public enum TaskStatus {
  /** The task waits in the queue for pictures; a picture worker acts next. */
  IMAGE_PENDING(Stage.IMAGE),
  /** A worker generates the pictures, which appear one by one; the worker acts next. */
  IMAGE_GENERATING(Stage.IMAGE),
  /** All pictures are stored; the user acts next and chooses one. */
  IMAGE_COMPLETED(Stage.IMAGE),
  /** One picture is being edited by the owner's instruction; an edit worker acts next. */
  IMAGE_EDITING(Stage.IMAGE),
  /**
   * A picture is chosen, and the task waits for a free slot at the model provider; a model worker
   * acts next.
   */
  MODEL_PENDING(Stage.MODEL),
  /** The provider generates the model; a model worker acts next. */
  MODEL_GENERATING(Stage.MODEL),
  /** The model file is in our store; the user may download it or choose another picture. */
  MODEL_COMPLETED(Stage.MODEL),
  /** The task has failed in {@code failedStage}; the user may retry. */
  FAILED(null),
  /** The user or an operator has cancelled the task; this status is final. */
  CANCELLED(null);

  /**
   * Legal transition.
   *
   * @param from status before; null for a new task
   */
  public record Transition(TaskStatus from, TaskTransition verb, TaskStatus to) {}

  /** All legal transitions; every other one is refused. */
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

  /** Returns the stage of the status; empty for FAILED and CANCELLED, which can end both stages. */
  public Optional<Stage> stage() {
    return Optional.ofNullable(stage);
  }

  /** Returns the name of the worker that acts in this status. */
  public String worker() {
    return this == IMAGE_EDITING ? "edits" : stage == Stage.IMAGE ? "pictures" : "models";
  }

  /** Returns the statuses of a stage. */
  public static Set<TaskStatus> of(Stage stage) {
    Set<TaskStatus> statuses = EnumSet.noneOf(TaskStatus.class);
    Arrays.stream(values()).filter(status -> status.stage == stage).forEach(statuses::add);
    return statuses;
  }

  /** Returns the matching statuses as a list for SQL. */
  public static String listed(Predicate<TaskStatus> which) {
    return Arrays.stream(values())
        .filter(which)
        .map(status -> "'" + status.name() + "'")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Returns the status after a transition; empty if the transition is not legal here. */
  public Optional<TaskStatus> after(TaskTransition verb) {
    return TRANSITIONS.stream()
        .filter(move -> move.from() == this && move.verb() == verb)
        .map(Transition::to)
        .findFirst();
  }

  /** Returns whether a worker acts next; such a task can be cancelled and is in the queue. */
  public boolean isInProgress() {
    return IN_PROGRESS.contains(this);
  }

  /** Returns whether the task waits in the queue. */
  public boolean isPending() {
    return this == IMAGE_PENDING || this == MODEL_PENDING;
  }

  /**
   * Returns the transitions that users may trigger by the table alone; a task may have reasons
   * against some.
   */
  public Set<TaskTransition> verbsForPeople() {
    Set<TaskTransition> verbs = EnumSet.noneOf(TaskTransition.class);
    Arrays.stream(TaskTransition.values())
        .filter(verb -> verb.isForPeople() && after(verb).isPresent())
        .forEach(verbs::add);
    return verbs;
  }
}
