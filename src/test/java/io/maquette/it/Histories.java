package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.task.TaskStatus;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;

/** Checks of a task's history. */
final class Histories {

  /** A row of it. */
  record Step(long number, String type, TaskStatus from, TaskStatus to) {

    private static Step of(JsonObject event) {
      return new Step(
          event.getJsonNumber("id").longValue(),
          event.getString("type"),
          event.isNull("from") ? null : TaskStatus.valueOf(event.getString("from")),
          TaskStatus.valueOf(event.getString("to")));
    }
  }

  private Histories() {}

  /** A history as the API tells it. */
  static void assertLegalWalk(JsonArray events, String end) {
    assertLegalWalk(
        events.stream().map(event -> Step.of(event.asJsonObject())).toList(),
        TaskStatus.valueOf(end));
  }

  /** Every step begins where the last one ended, and every move is one of the table. */
  static void assertLegalWalk(List<Step> steps, TaskStatus end) {
    TaskStatus at = null;
    long number = 0;
    for (Step step : steps) {
      assertThat(step.from()).as(step.toString()).isEqualTo(at);
      if (step.type().equals("STATUS_CHANGED")) {
        assertThat(TaskStatus.TRANSITIONS)
            .filteredOn(TaskStatus.Transition::changesStatus)
            .as(step.toString())
            .anyMatch(move -> move.from() == step.from() && move.to() == step.to());
      } else {
        assertThat(step.to()).as(step.toString()).isEqualTo(at);
      }
      assertThat(step.number()).isGreaterThan(number);
      number = step.number();
      at = step.to();
    }
    assertThat(at).isEqualTo(end);
  }
}
