package io.maquette.task;

/** Transition of a task between statuses; {@link TaskStatus} lists where each is legal. */
public enum TaskTransition {
  CREATE("task created", By.USER),
  CREATE_FROM_PICTURE("task created with a picture of one's own", By.USER),
  START_IMAGES("a worker claims it", By.WORKER),
  COMPLETE_IMAGES("the fourth picture is stored", By.WORKER),
  EDIT_IMAGE("a change to a picture is asked for", By.USER),
  COMPLETE_EDIT("the new version is stored beside the old", By.WORKER),
  SELECT_IMAGE("a picture is chosen", By.USER),
  START_MODEL("a worker claims it", By.WORKER),
  COMPLETE_MODEL("the model file is stored on our side", By.WORKER),
  FAIL("retries exhausted, refused, timed out", By.WORKER),
  CANCEL("cancel", By.USER_OR_OPERATOR),
  RETRY_IMAGES("retry `images`: old pictures and model go", By.USER_OR_OPERATOR),
  RETRY_MODEL("retry `model`, all four pictures are there: pictures stay", By.USER_OR_OPERATOR);

  private enum By {
    USER("user"),
    USER_OR_OPERATOR("user, operator"),
    WORKER("worker");

    private final String label;

    By(String label) {
      this.label = label;
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

  /** Returns whether a user triggers it, so that the API can offer it as an action. */
  public boolean isForPeople() {
    return by != By.WORKER && this != CREATE && this != CREATE_FROM_PICTURE;
  }
}
