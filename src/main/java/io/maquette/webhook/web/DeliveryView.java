package io.maquette.webhook.web;

import io.maquette.webhook.Delivery;
import java.time.Instant;

/** Delivery in JSON. */
public record DeliveryView(
    long eventId,
    String taskId,
    String event,
    String status,
    int attempts,
    Instant createdAt,
    Instant dueAt,
    Integer answerCode,
    String answer,
    Instant answeredAt) {

  /** Creates the view for API and console. */
  public static DeliveryView of(Delivery delivery) {
    return new DeliveryView(
        delivery.eventId(),
        delivery.taskId().toString(),
        delivery.eventType().name(),
        delivery.status().name(),
        delivery.attempts(),
        delivery.createdAt(),
        delivery.dueAt(),
        delivery.answerCode(),
        delivery.answer(),
        delivery.answeredAt());
  }
}
