package io.maquette.webhook;

import io.maquette.http.JsonFormat;
import io.maquette.task.TaskEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * One event for one webhook, and what came of it. While a node sends it, {@code dueAt} is when its
 * lease ends, and a result with an older {@code fence} is refused.
 */
@Entity
@Table(name = "webhook_delivery")
public class Delivery {

  /** What became of it. */
  public enum Status {
    /** It is to be sent when due. */
    PENDING,
    /** The receiver has accepted it. */
    DELIVERED,
    /** It was given up. */
    FAILED
  }

  static final int ANSWER_LENGTH = 300;

  /** What is sent. */
  public record Message(String type, Instant timestamp, Data data) {}

  /** A row of the history. */
  public record Data(
      long id,
      UUID taskId,
      String from,
      String to,
      String actor,
      String node,
      int attempt,
      Integer imageIndex,
      String modelStatus,
      Integer progress,
      String detail) {}

  @Id
  @GeneratedValue(generator = "webhook_delivery_number")
  @SequenceGenerator(
      name = "webhook_delivery_number",
      sequenceName = "webhook_delivery_number",
      allocationSize = 50)
  private Long id;

  @Column(name = "webhook_id")
  private UUID webhookId;

  @Column(name = "event_id")
  private long eventId;

  @Column(name = "task_id")
  private UUID taskId;

  @Enumerated(EnumType.STRING)
  @Column(name = "event_type")
  private TaskEvent.Type eventType;

  private String body;

  @Enumerated(EnumType.STRING)
  private Status status;

  private int attempts;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "first_tried_at")
  private Instant firstTriedAt;

  @Column(name = "due_at")
  private Instant dueAt;

  @Column(name = "leased_by")
  private String leasedBy;

  private long fence;

  @Column(name = "answer_code")
  private Integer answerCode;

  private String answer;

  @Column(name = "answered_at")
  private Instant answeredAt;

  /** Required by JPA. */
  protected Delivery() {}

  Delivery(Webhook webhook, TaskEvent event, Instant now) {
    this.webhookId = webhook.id();
    this.eventId = event.id();
    this.taskId = event.taskId();
    this.eventType = event.type();
    this.body = JsonFormat.write(messageOf(event));
    this.status = Status.PENDING;
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
    this.dueAt = createdAt;
  }

  private static Message messageOf(TaskEvent event) {
    return new Message(
        "task." + Webhook.nameOf(event.type()),
        event.at(),
        new Data(
            event.id(),
            event.taskId(),
            event.from() == null ? null : event.from().name(),
            event.to().name(),
            event.actor(),
            event.node(),
            event.attempt(),
            event.imageIndex(),
            event.modelStatus() == null ? null : event.modelStatus().name(),
            event.progress(),
            event.detail()));
  }

  void leaseTo(String node, Instant until) {
    leasedBy = node;
    dueAt = until.truncatedTo(ChronoUnit.MICROS);
    fence++;
  }

  /** The receiver has accepted it. */
  void accepted(DeliveryResponse by, Instant at) {
    answered(by, at);
    status = Status.DELIVERED;
    dueAt = null;
  }

  /**
   * It was not accepted.
   *
   * @param next when to try again
   * @param retryFor how long after the first try it is given up
   */
  void refused(DeliveryResponse by, Instant at, Instant next, Duration retryFor) {
    answered(by, at);
    if (next.isAfter(firstTriedAt.plus(retryFor))) {
      status = Status.FAILED;
      dueAt = null;
    } else {
      dueAt = next.truncatedTo(ChronoUnit.MICROS);
    }
  }

  private void answered(DeliveryResponse by, Instant at) {
    attempts++;
    Instant now = at.truncatedTo(ChronoUnit.MICROS);
    if (firstTriedAt == null) {
      firstTriedAt = now;
    }
    answerCode = by.code();
    answer = by.words();
    answeredAt = now;
    leasedBy = null;
    fence++;
  }

  /** Puts it off without having tried. */
  void release(Instant due) {
    leasedBy = null;
    dueAt = due.truncatedTo(ChronoUnit.MICROS);
    fence++;
  }

  /** Sends it, or sends it again, from now on with all its time before it. */
  void resend(Instant now) {
    status = Status.PENDING;
    firstTriedAt = null;
    release(now);
  }

  public Long id() {
    return id;
  }

  public UUID webhookId() {
    return webhookId;
  }

  /** Number of the row of the history; also the message's id. */
  public long eventId() {
    return eventId;
  }

  public UUID taskId() {
    return taskId;
  }

  public TaskEvent.Type eventType() {
    return eventType;
  }

  String body() {
    return body;
  }

  public Status status() {
    return status;
  }

  /** How often it was sent. */
  public int attempts() {
    return attempts;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** When it is sent, or the lease's end while it is; null if it is not pending. */
  public Instant dueAt() {
    return dueAt;
  }

  long fence() {
    return fence;
  }

  /** The last answer's HTTP status; null if there was none. */
  public Integer answerCode() {
    return answerCode;
  }

  /** How the last answer began, or why there was none; null before the first try. */
  public String answer() {
    return answer;
  }

  /** When the last try ended; null before the first. */
  public Instant answeredAt() {
    return answeredAt;
  }
}
