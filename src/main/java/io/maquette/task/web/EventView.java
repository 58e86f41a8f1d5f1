package io.maquette.task.web;

import io.maquette.task.TaskEvent;
import java.time.Instant;

/** JSON view of a row of a task's history. */
public record EventView(
    long id,
    Instant at,
    String type,
    String from,
    String to,
    String actor,
    String node,
    int attempt,
    Integer imageIndex,
    String modelStatus,
    Integer progress,
    String detail) {
  public static EventView of(TaskEvent event) {
    return new EventView(
        event.id(),
        event.at(),
        event.type().name(),
        event.from() == null ? null : event.from().name(),
        event.to().name(),
        event.actor(),
        event.node(),
        event.attempt(),
        event.imageIndex(),
        event.modelStatus() == null ? null : event.modelStatus().name(),
        event.progress(),
        event.detail());
  }
}
