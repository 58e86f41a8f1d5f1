package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * Row of a task's history. Every change of a task writes one in the same transaction. The timeline,
 * the event streams and the webhooks read the rows as entities; they never change. {@link
 * TaskRepository} inserts them.
 */
@Entity
@Table(name = "task_event")
@NamedQuery(
    name = TaskEvent.HISTORY,
    query =
        "select e from TaskEvent e, Task t where t.id = e.taskId and t.id = :id"
            + " and t.owner = :owner and e.id > :after order by e.id")
@NamedQuery(name = TaskEvent.DELETE_OF_TASK, query = "delete from TaskEvent e where e.taskId = :id")
@NamedQuery(name = TaskEvent.LAST, query = "select max(e.id) from TaskEvent e")
@NamedQuery(
    name = TaskEvent.IMAGE_TIMES,
    query =
        "select t.imageGenerationStartedAt, t.imageGenerationCompletedAt from TaskEvent e, Task t"
            + " where t.id = e.taskId and e.id > :after"
            + " and e.from = io.maquette.task.TaskStatus.IMAGE_GENERATING"
            + " and e.to = io.maquette.task.TaskStatus.IMAGE_COMPLETED"
            + " and t.imageGenerationCompletedAt is not null order by e.id desc")
@NamedQuery(
    name = TaskEvent.MODEL_TIMES,
    query =
        "select t.modelGenerationStartedAt, t.modelGenerationCompletedAt from TaskEvent e, Task t"
            + " where t.id = e.taskId and e.id > :after"
            + " and e.from = io.maquette.task.TaskStatus.MODEL_GENERATING"
            + " and e.to = io.maquette.task.TaskStatus.MODEL_COMPLETED"
            + " and t.modelGenerationCompletedAt is not null order by e.id desc")
public class TaskEvent {

  /** Returns the history of the task {@code id} after a row, oldest first. */
  static final String HISTORY = "TaskEvent.history";

  /** Deletes the history of the task {@code id}. */
  static final String DELETE_OF_TASK = "TaskEvent.deleteOfTask";

  /** Returns the number of the last row; null if there is none. */
  static final String LAST = "TaskEvent.last";

  /** Returns start and end of the picture stages that were completed after a row, latest first. */
  static final String IMAGE_TIMES = "TaskEvent.imageTimes";

  /** Returns start and end of model stages like {@link #IMAGE_TIMES}. */
  static final String MODEL_TIMES = "TaskEvent.modelTimes";

  /** Type of the event. */
  public enum Type {
    /** The status changed from {@code from} to {@code to}. */
    STATUS_CHANGED,
    /** A picture was stored; {@code imageIndex} is its index. */
    IMAGE_STORED,
    /** The provider accepted the provider job for the model. */
    MODEL_SUBMITTED,
    /** The model's status or percentage changed. */
    MODEL_PROGRESSED,
    /** Another provider took over the model; the detail contains the reason. */
    PROVIDER_CHANGED,
    /** An attempt failed and is retried. */
    ATTEMPT_FAILED,
    /** An edit failed; the detail contains the reason. */
    EDIT_FAILED,
    /** A submission was repeated; the detail contains the reason. */
    SUBMITTED_AGAIN,
    /**
     * A provider job without a waiting task was cancelled; the detail contains the effect at the
     * provider.
     */
    JOB_CANCELLED,
    /** A worker resumed a task after its lease had ended, or an operator released the lease. */
    WORK_RESUMED,
    /** The task is overdue; the detail contains the wait reason. */
    OVERDUE,
    /** The task was deleted; this is the only row that remains. */
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
   * Creates the event of a stored picture.
   *
   * @param row the locked row of the task, which is not loaded
   * @param by context with a time that is not before the task's last change
   * @throws TaskException.InvalidState if the status does not allow it
   */
  public static TaskEvent imageStored(
      TaskClaim.ImageClaim claim, TaskRepository.Locked row, NewImage image, ChangeContext by) {
    TaskTransition verb = TaskTransition.STORE_IMAGE;
    TaskStatus from = row.status();
    TaskEvent event = new TaskEvent();
    event.type = Type.IMAGE_STORED;
    event.taskId = claim.taskId();
    event.owner = claim.owner();
    event.from = from;
    event.to =
        from.after(verb)
            .orElseThrow(() -> new TaskException.InvalidState(from, from.allowedActions(), verb));
    event.attempt = claim.failedAttempts() + 1;
    event.at = by.at();
    event.actor = by.actor();
    event.node = by.node();
    event.imageIndex = image.index();
    int count = claim.imageOptions().pictures();
    event.detail = count - image.left() + "/" + count;
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
   * Returns the change that observers receive for this event.
   *
   * @param abandoned provider job that was left open; null if there is none
   */
  TaskChanged change(TaskClaim.Job abandoned) {
    return new TaskChanged(taskId, owner, type, from, to, abandoned);
  }

  /**
   * Returns the number of the row, unique over all tasks; the events of one task are numbered in
   * order.
   */
  public Long id() {
    return id;
  }

  public UUID taskId() {
    return taskId;
  }

  /** Returns the owner of the task. */
  public String owner() {
    return owner;
  }

  public Instant at() {
    return at;
  }

  public Type type() {
    return type;
  }

  /**
   * Returns the status before the event; null for the creation, equal to {@link #to()} if it did
   * not change.
   */
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

  /** Returns the attempt of the current step, from 1. */
  public int attempt() {
    return attempt;
  }

  public Integer imageIndex() {
    return imageIndex;
  }

  public ModelStatus modelStatus() {
    return modelStatus;
  }

  /** Returns the model's progress in percent at that time; null if the task had no model. */
  public Integer progress() {
    return progress;
  }

  /** Returns details for operators, at most 500 characters; may be null. */
  public String detail() {
    return detail;
  }
}
