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
 * Delivery of one event to one webhook, and its result. While a node sends it, {@code dueAt} is the
 * end of the lease, and a result with an older {@code fence} is rejected.
 */
@Entity
@Table(name = "webhook_delivery")
public class Delivery {

  /** Status of a delivery. */
  public enum Status {
    /** The delivery is sent when it is due. */
    PENDING,
    /** The receiver has accepted the delivery. */
    DELIVERED,
    /** The delivery was given up after its last attempt. */
    FAILED
  }

  static final int ANSWER_LENGTH = 300;

  /** Body of a message. */
  public record Message(String type, Instant timestamp, Data data) {}

  /**
   * Event of the task's history. It differs from the REST view, because Standard Webhooks has type
   * and time in the message, and a receiver needs the task's id.
   */
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

  /** Records that the receiver has accepted the delivery. */
  void accepted(DeliveryResponse by, Instant at) {
    answered(by, at);
    status = Status.DELIVERED;
    dueAt = null;
  }

  /**
   * Records a failed attempt.
   *
   * @param next time of the next attempt
   * @param retryFor period after the first attempt, after which the delivery is given up
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
    answer = by.text();
    answeredAt = now;
    leasedBy = null;
    fence++;
  }

  /** Postpones the delivery without an attempt. */
  void release(Instant due) {
    leasedBy = null;
    dueAt = due.truncatedTo(ChronoUnit.MICROS);
    fence++;
  }

  /** Makes the delivery due at once, with a new retry period. */
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

  /** Returns the number of the event, which is also the message's id. */
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

  /** Returns the number of attempts. */
  public int attempts() {
    return attempts;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Returns the time of the next attempt, or the end of the lease; null if not pending. */
  public Instant dueAt() {
    return dueAt;
  }

  long fence() {
    return fence;
  }

  /** Returns the HTTP status of the last answer; null if there was none. */
  public Integer answerCode() {
    return answerCode;
  }

  /**
   * Returns the beginning of the last answer, or why there was none; null before the first attempt.
   */
  public String answer() {
    return answer;
  }

  /** Returns the end of the last attempt; null before the first. */
  public Instant answeredAt() {
    return answeredAt;
  }
}
