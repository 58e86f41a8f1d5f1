package io.maquette.task;

import java.util.List;

/**
 * Change of a task; {@link TaskStatus#TRANSITIONS} lists the statuses in which each is legal. Most
 * changes move the task to another status, and the others only add an event.
 */
public enum TaskTransition {
  CREATE("a task is created", By.USER),
  CREATE_FROM_PICTURE("a task is created from an uploaded picture", By.USER),
  START_IMAGES("a worker claims the task", By.WORKER),
  STORE_IMAGE("a generated picture is stored", By.WORKER),
  COMPLETE_IMAGES("the last picture is stored", By.WORKER),
  EDIT_IMAGE("an edit is requested", By.USER),
  COMPLETE_EDIT("the new version is stored", By.WORKER),
  SELECT_IMAGE("a picture is chosen", By.USER_OR_WORKER),
  START_MODEL("a worker claims the task", By.WORKER),
  SUBMIT_MODEL("the provider accepts the provider job", By.WORKER),
  UPDATE_PROGRESS("the provider job makes progress", By.WORKER),
  CHANGE_PROVIDER("another provider takes over the model", By.WORKER_OR_OPERATOR),
  COMPLETE_MODEL("the model file is stored", By.WORKER),
  RETRY_LATER("an attempt fails and will be repeated", By.WORKER),
  SUBMIT_AGAIN("a submission is repeated", By.WORKER),
  RESUME("a lease ends without a result", By.WORKER),
  RELEASE_LEASE("the lease of a worker is released", By.OPERATOR),
  REPORT_OVERDUE("the task is longer in its status than its target", By.MONITORING),
  REPORT_CANCELLED_JOB("an abandoned provider job is cancelled", By.WORKER),
  FAIL("no attempt is left, the provider refuses, or the deadline passes", By.WORKER),
  CANCEL("the task is cancelled", By.USER_OR_OPERATOR),
  RETRY_IMAGES("retry `images`; old pictures and the model are discarded", By.USER_OR_OPERATOR),
  RETRY_MODEL("retry `model`; the pictures stay", By.USER_OR_OPERATOR);

  private enum By {
    USER("user"),
    USER_OR_OPERATOR("user, operator"),
    OPERATOR("operator"),
    /** The worker chooses the first picture if the task's options say so. */
    USER_OR_WORKER("user, worker"),
    WORKER("worker"),
    WORKER_OR_OPERATOR("worker, operator"),
    MONITORING("monitoring");

    private final String label;

    By(String label) {
      this.label = label;
    }
  }

  /** Condition that a task must meet, in addition to its status. */
  enum Condition {
    ALL_IMAGES("every picture is stored"),
    FREE_PLACE("fewer than " + Task.MAX_IMAGES + " pictures"),
    CHOSEN_IMAGE("a picture is chosen"),
    GENERATED_IMAGES("no uploaded picture");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    /** Returns the condition as text for the generated documentation page. */
    String text() {
      return text;
    }

    private boolean isMet(Task task) {
      return switch (this) {
        case ALL_IMAGES -> task.hasAllImages();
        case FREE_PLACE -> task.hasFreePlace();
        case CHOSEN_IMAGE -> task.selectedImageIndex() != null;
        case GENERATED_IMAGES -> !task.hasOwnPicture();
      };
    }
  }

  private final String when;
  private final By by;

  TaskTransition(String when, By by) {
    this.when = when;
    this.by = by;
  }

  /** Returns the trigger as text for the generated documentation page. */
  public String when() {
    return when;
  }

  /** Returns the actor as text for the generated documentation page. */
  public String by() {
    return by.label;
  }

  List<Condition> conditions() {
    return switch (this) {
      case COMPLETE_IMAGES, SELECT_IMAGE -> List.of(Condition.ALL_IMAGES);
      case EDIT_IMAGE -> List.of(Condition.ALL_IMAGES, Condition.FREE_PLACE);
      case RETRY_IMAGES -> List.of(Condition.GENERATED_IMAGES);
      case RETRY_MODEL -> List.of(Condition.ALL_IMAGES, Condition.CHOSEN_IMAGE);
      default -> List.of();
    };
  }

  /** Returns whether the task's status and all conditions allow the transition. */
  boolean isAllowed(Task task) {
    return task.status().after(this).isPresent()
        && conditions().stream().allMatch(condition -> condition.isMet(task));
  }
}
