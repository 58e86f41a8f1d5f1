package io.maquette.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Confidential;
import io.maquette.config.InvalidSettingsException;
import io.maquette.telemetry.Subject.Trait;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLogTest {

  private static final String HOSTILE = "\"}\n{\"message\":\"forged\"}\r\u001b[31mred\u0000 画";

  private final LocalNode node = new LocalNode("north", false);
  private final JsonLog.JsonLines lines = new JsonLog.JsonLines(node);

  private JsonObject line(LogRecord event) {
    String text = lines.format(event);
    assertThat(text).endsWith("}\n");
    assertThat(text.strip()).doesNotContain("\n", "\r", "\u001b", "\u0000");
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  @Test
  void a_line_has_the_node_and_the_log_context_of_its_thread() {
    Tracing trails = new Tracing(OpenTelemetry.noop(), node);
    Subject subject =
        new Subject().with(Trait.TASK, "t1").with(Trait.USER, "ann").with(Trait.ATTEMPT, 2);
    LogRecord event = new LogRecord(Level.WARNING, "waits");
    event.setLoggerName("io.maquette.worker.FailurePolicy");
    JsonObject line;
    try (TraceScope step =
        trails.follow("s", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", subject)) {
      step.note(Trait.OUTCOME, "ok");
      node.rename("north-2");
      line = line(event);
    }
    assertThat(line.getString("message")).isEqualTo("waits");
    assertThat(line.getString("log.level")).isEqualTo("WARNING");
    assertThat(line.getString("log.logger")).isEqualTo("io.maquette.worker.FailurePolicy");
    assertThat(line.getString("service.node.name")).isEqualTo("north-2");
    assertThat(line.getString("labels.task")).isEqualTo("t1");
    assertThat(line.getString("labels.attempt")).isEqualTo("2");
    assertThat(line.getString("user.id")).isEqualTo("ann");
    assertThat(line.getString("trace.id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(line(event)).doesNotContainKeys("labels.task", "user.id", "trace.id");
  }

  @Test
  void foreign_text_stays_within_its_line() {
    LogRecord event = new LogRecord(Level.INFO, HOSTILE);
    event.setThrown(new IllegalStateException(HOSTILE));
    JsonObject line = line(event);
    assertThat(line.getString("message")).isEqualTo(HOSTILE);
    assertThat(line.getString("error.message")).isEqualTo(HOSTILE);
    assertThat(line.getString("error.stack_trace")).contains("foreign_text_stays_within_its_line");
  }

  @Test
  void confidential_values_are_left_out() {
    LogRecord event = new LogRecord(Level.INFO, "{0} signs in with {1}");
    event.setParameters(new Object[] {"ann", new Confidential("her password")});
    assertThat(new SimpleFormatter().format(event)).contains("ann signs in with her password");
    assertThat(line(event).getString("message")).isEqualTo("ann signs in with ***");
  }

  @Test
  void the_log_file_is_created_at_the_configured_path(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("new/100%.json");
    Handler handler = JsonLog.file(file);
    handler.setFormatter(lines);
    handler.publish(new LogRecord(Level.INFO, "画"));
    handler.close();
    assertThat(Files.readString(Path.of(file + ".0"))).contains("\"message\":\"画\"");
  }

  @Test
  void a_log_file_that_is_not_writable_stops_the_start_by_name(@TempDir Path folder)
      throws Exception {
    Path taken = Files.createFile(folder.resolve("taken"));
    assertThatThrownBy(() -> JsonLog.file(taken.resolve("log.json")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("maquette.log.json=" + taken);
  }
}
