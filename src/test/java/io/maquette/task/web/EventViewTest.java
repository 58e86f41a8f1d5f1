package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.http.JsonFormat;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventViewTest {

  @Test
  void history_streams_and_operators_get_the_documented_json() {
    EventView event =
        new EventView(
            4711,
            Instant.parse("2026-11-30T12:00:00.000123Z"),
            "MODEL_PROGRESSED",
            "MODEL_GENERATING",
            "MODEL_GENERATING",
            "worker",
            "north",
            1,
            null,
            "RUNNING",
            40,
            null);
    assertThat(JsonFormat.write(event))
        .isEqualTo(
            "{\"actor\":\"worker\",\"at\":\"2026-11-30T12:00:00.000123Z\",\"attempt\":1,"
                + "\"detail\":null,\"from\":\"MODEL_GENERATING\",\"id\":4711,"
                + "\"imageIndex\":null,\"modelStatus\":\"RUNNING\",\"node\":\"north\","
                + "\"progress\":40,\"to\":\"MODEL_GENERATING\",\"type\":\"MODEL_PROGRESSED\"}");
  }
}
