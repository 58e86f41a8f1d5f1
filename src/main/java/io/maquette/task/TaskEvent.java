package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * One row of a task's history. Every change of a task writes one in the same transaction; the rows
 * feed the timeline and whatever else tells of changes. Rows are never altered.
 */
@Entity
@Table(name = "task_event")
public class TaskEvent {

  /** What happened. */
  public enum Type {
    /** The status moved from {@code from} to {@code to}. */
    STATUS_CHANGED,
    /** A picture was stored; {@code imageIndex} says which. */
    IMAGE_STORED,
    /** The provider accepted the model job. */
    MODEL_SUBMITTED,
    /** The model's status or percentage changed. */
    MODEL_PROGRESSED,
    /** Another provider stepped in for the model; the detail says why. */
    PROVIDER_CHANGED,
    /** A try failed and will be made again. */
    ATTEMPT_FAILED,
    /** A change to a picture was given up; the detail says why. */
    EDIT_FAILED,
    /** A submission is made although one was made before; the detail says why. */
    SUBMITTED_AGAIN,
    /** A model job that nobody waits for was cancelled; the detail says what that really did. */
    JOB_CANCELLED,
    /** A worker took over work whose lease had run out, or an operator took it from its holder. */
    WORK_RESUMED,
    /** The task is longer in its status than it should be; the detail says why. */
    OVERDUE,
    /** The task was deleted; the only row that is left of it. */
    DELETED
  }

  static final int DETAIL_LENGTH = 500;

  @Id private Long id;

  @Column(name = "task_id")
  private UUID taskId;

  private String owner;

  @Column(name = "occurred_at")
  private Instant at;

  @Enumerated(EnumType.STRING)
  @Column(name = "event_type")
  private Type type;

  @Enumerated(EnumType.STRING)
  @Column(name = "from_status")
  private TaskStatus from;

  @Enumerated(EnumType.STRING)
  @Column(name = "to_status")
  private TaskStatus to;

  private String actor;
  private String node;
  private int attempt;

  @Column(name = "image_index")
  private Integer imageIndex;

  @Enumerated(EnumType.STRING)
  @Column(name = "model_status")
  private ModelStatus modelStatus;

  private Integer progress;
  private String detail;

  /** For JPA. */
  protected TaskEvent() {}

  TaskEvent(Type type, Task task, TaskStatus from, int attempt, ChangeContext by) {
    this.type = type;
    this.taskId = task.id();
    this.owner = task.owner();
    this.from = from;
    this.to = task.status();
    this.attempt = attempt;
    this.at = by.at();
    this.actor = by.actor();
    this.node = by.node();
  }

  /**
   * A worker has stored a picture.
   *
   * @param by not before the task's last change
   */
  public static TaskEvent imageStored(TaskClaim claim, NewImage image, ChangeContext by) {
    TaskEvent event = new TaskEvent();
    event.type = Type.IMAGE_STORED;
    event.taskId = claim.taskId();
    event.owner = claim.owner();
    event.from = TaskStatus.IMAGE_GENERATING;
    event.to = TaskStatus.IMAGE_GENERATING;
    event.attempt = claim.isFirst(image) ? claim.failedAttempts() + 1 : 1;
    event.at = by.at();
    event.actor = by.actor();
    event.node = by.node();
    event.imageIndex = image.index();
    event.detail = Task.IMAGE_COUNT - image.left() + "/" + Task.IMAGE_COUNT;
    return event;
  }

  static TaskEvent deletion(Task task, ChangeContext by) {
    return new TaskEvent(Type.DELETED, task, task.status(), 1, by);
  }

  TaskEvent image(int index) {
    imageIndex = index;
    return this;
  }

  TaskEvent model(TaskModel model) {
    if (model != null) {
      modelStatus = model.status();
      progress = model.progress();
    }
    return this;
  }

  TaskEvent detail(String text) {
    detail =
        text == null || text.codePointCount(0, text.length()) <= DETAIL_LENGTH
            ? text
            : text.substring(0, text.offsetByCodePoints(0, DETAIL_LENGTH - 1)) + "…";
    return this;
  }

  /**
   * What is told of it.
   *
   * @param abandoned a job left open at a provider; null if there is none
   */
  TaskChanged change(TaskClaim.Job abandoned) {
    return new TaskChanged(taskId, owner, type, from, to, abandoned);
  }

  /** Number of the row over all tasks; rows of one task are numbered in the order they happened. */
  public Long id() {
    return id;
  }

  public UUID taskId() {
    return taskId;
  }

  /** Whose task it is. */
  public String owner() {
    return owner;
  }

  public Instant at() {
    return at;
  }

  public Type type() {
    return type;
  }

  /** The status before; null for the creation, equal to {@link #to()} where it did not move. */
  public TaskStatus from() {
    return from;
  }

  public TaskStatus to() {
    return to;
  }

  public String actor() {
    return actor;
  }

  public String node() {
    return node;
  }

  /** Which try of the current step it belongs to, 1 for the first. */
  public int attempt() {
    return attempt;
  }

  public Integer imageIndex() {
    return imageIndex;
  }

  public ModelStatus modelStatus() {
    return modelStatus;
  }

  /** The model's percentage at that moment; null before there is a model. */
  public Integer progress() {
    return progress;
  }

  /** More for operators, at most 500 characters; may be null. */
  public String detail() {
    return detail;
  }
}
