package io.maquette.task;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

/**
 * Refusal of a request for a task; nothing was changed. The annotation also holds for the nested
 * classes.
 */
@ApplicationException(rollback = true)
public abstract sealed class TaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private TaskException(String message) {
    super(message);
  }

  /** Refusal of an action that the task's status, or another condition, does not allow. */
  public static final class InvalidState extends TaskException {
    private static final long serialVersionUID = 1L;

    private final TaskStatus currentStatus;
    private final transient Set<TaskAction> allowedActions;

    InvalidState(Task task, TaskTransition verb) {
      this(task.status(), task.allowedActions(), verb);
    }

    InvalidState(TaskStatus currentStatus, Set<TaskAction> allowedActions, TaskTransition verb) {
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

  /**
   * Refusal of a request for a task that does not exist or belongs to another user. Both cases look
   * the same to the client.
   */
  public static final class NotFound extends TaskException {
    private static final long serialVersionUID = 1L;

    public NotFound(UUID id) {
      super("no task " + id);
    }
  }

  /**
   * Refusal of a picture index: the task has no picture with this index, and none will be generated
   * for it.
   */
  public static final class UnknownPicture extends TaskException {
    private static final long serialVersionUID = 1L;

    UnknownPicture(int index) {
      super("no picture " + index);
    }
  }

  /**
   * Refusal of a creation because the limit of waiting tasks is reached, for this user or for all
   * users.
   */
  public static final class QueueFull extends TaskException {
    private static final long serialVersionUID = 1L;

    private final boolean ofUser;

    QueueFull(boolean ofUser, int limit) {
      super(limit + " tasks are waiting already");
      this.ofUser = ofUser;
    }

    /** Returns whether the user's own limit is reached; false means the limit for all users. */
    public boolean isOfUser() {
      return ofUser;
    }
  }

  /** Refusal of a creation because the user's daily limit (UTC day) is reached. */
  public static final class DailyLimit extends TaskException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    DailyLimit(int limit, Instant now) {
      super(limit + " tasks were created today already");
      retryAfter = Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS));
    }

    /** Returns the time until the next UTC day. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** Refusal of a creation because its idempotency key was used for a different request. */
  public static final class IdempotencyConflict extends TaskException {
    private static final long serialVersionUID = 1L;

    IdempotencyConflict(String key) {
      super("Idempotency-Key " + key + " was used for another request");
    }
  }

  /** Refusal of an operator action that is not possible for the task now. */
  public static final class InterventionRefused extends TaskException {
    private static final long serialVersionUID = 1L;

    /** Reason of the refusal. */
    public enum Reason {
      /** No worker has a claim on the task. */
      NOT_HELD,
      /** The task is already assigned to that provider. */
      SAME_PROVIDER,
      /** The provider's limit of open jobs is reached. */
      NO_ROOM
    }

    private final Reason reason;

    public InterventionRefused(Reason reason) {
      super(reason.name());
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }
}
