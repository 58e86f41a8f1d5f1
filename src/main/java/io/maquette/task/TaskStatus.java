package io.maquette.task;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Status of a task, and the state machine of tasks.
 *
 * <p>{@link #TRANSITIONS} lists all legal transitions, and the methods of {@link Task} obey it. The
 * API's {@code allowedActions} and the tables in {@code docs/task-lifecycle.md} come from it.
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
   * @param to status after; equal to {@code from} if the transition only adds an event
   */
  public record Transition(TaskStatus from, TaskTransition verb, TaskStatus to) {
    public boolean changesStatus() {
      return from != to;
    }
  }

  /** All legal transitions; every other one is refused. */
  public static final List<Transition> TRANSITIONS =
      Stream.of(
              Stream.of(
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
                  new Transition(FAILED, TaskTransition.SELECT_IMAGE, MODEL_PENDING)),
              within(TaskTransition.STORE_IMAGE, IMAGE_GENERATING),
              within(TaskTransition.SUBMIT_MODEL, MODEL_GENERATING),
              within(TaskTransition.UPDATE_PROGRESS, MODEL_GENERATING),
              within(TaskTransition.CHANGE_PROVIDER, MODEL_GENERATING),
              within(TaskTransition.RETRY_LATER, IMAGE_GENERATING, IMAGE_EDITING, MODEL_GENERATING),
              within(
                  TaskTransition.SUBMIT_AGAIN, IMAGE_GENERATING, IMAGE_EDITING, MODEL_GENERATING),
              within(TaskTransition.RESUME, IMAGE_GENERATING, IMAGE_EDITING, MODEL_GENERATING),
              within(
                  TaskTransition.RELEASE_LEASE, IMAGE_GENERATING, IMAGE_EDITING, MODEL_GENERATING),
              within(
                  TaskTransition.REPORT_OVERDUE,
                  IMAGE_PENDING,
                  IMAGE_GENERATING,
                  IMAGE_EDITING,
                  MODEL_PENDING,
                  MODEL_GENERATING),
              within(TaskTransition.REPORT_CANCELLED_JOB, values()))
          .flatMap(Function.identity())
          .toList();

  private static final Map<TaskStatus, Map<TaskTransition, TaskStatus>> AFTER =
      TRANSITIONS.stream()
          .filter(move -> move.from() != null)
          .collect(
              Collectors.groupingBy(
                  Transition::from, Collectors.toMap(Transition::verb, Transition::to)));

  private static Stream<Transition> within(TaskTransition verb, TaskStatus... statuses) {
    return Arrays.stream(statuses).map(status -> new Transition(status, verb, status));
  }

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
    return Optional.ofNullable(AFTER.get(this).get(verb));
  }

  /** Returns whether a worker acts next; only such a task is in the queue and can fail. */
  public boolean isInProgress() {
    return after(TaskTransition.FAIL).isPresent();
  }

  /** Returns whether the task waits in the queue. */
  public boolean isPending() {
    return this == IMAGE_PENDING || this == MODEL_PENDING;
  }

  /** Returns the actions that the status alone allows; a task may not meet their conditions. */
  public Set<TaskAction> allowedActions() {
    return TaskAction.allowedBy(verb -> after(verb).isPresent());
  }
}
