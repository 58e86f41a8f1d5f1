package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.task.TaskStatus;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** Checks of a task's history as the API tells it. */
final class Histories {

  private Histories() {}

  /** Every step begins where the last one ended, and every move is one of the table. */
  static void assertLegalWalk(JsonArray events, String end) {
    TaskStatus at = null;
    long number = 0;
    for (JsonValue value : events) {
      JsonObject event = value.asJsonObject();
      TaskStatus from = event.isNull("from") ? null : TaskStatus.valueOf(event.getString("from"));
      TaskStatus to = TaskStatus.valueOf(event.getString("to"));
      assertThat(from).as(event.toString()).isEqualTo(at);
      if (event.getString("type").equals("STATUS_CHANGED")) {
        assertThat(TaskStatus.TRANSITIONS)
            .as(event.toString())
            .anyMatch(move -> move.from() == from && move.to() == to);
      } else {
        assertThat(to).isEqualTo(from);
      }
      assertThat(event.getJsonNumber("id").longValue()).isGreaterThan(number);
      number = event.getJsonNumber("id").longValue();
      at = to;
    }
    assertThat(at).isEqualTo(TaskStatus.valueOf(end));
  }
}
