package io.maquette.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class DatabaseOutageLogTest {

  private final AtomicLong nanoTime = new AtomicLong(1);
  private final DatabaseOutageLog.Limit limit = new DatabaseOutageLog.Limit(nanoTime::get);

  private static LogRecord entry(String message, Throwable thrown) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setThrown(thrown);
    return entry;
  }

  private static Throwable full(int at) {
    return new IllegalStateException(
        new SQLException(
            "closed", "90098", new IOException("No space left on device; length 8192 at " + at)));
  }

  private int logged(int times) {
    int logged = 0;
    for (int i = 0; i < times; i++) {
      logged += limit.isLoggable(entry("round " + i, full(i))) ? 1 : 0;
    }
    return logged;
  }

  @Test
  void an_outage_has_one_line_for_each_minute_and_cause() {
    assertThat(logged(1_000)).isEqualTo(1);
    assertThat(limit.isLoggable(entry("x", new SQLException("refused", "08001")))).isTrue();
    nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(logged(1_000)).isEqualTo(1);
  }

  @Test
  void the_line_has_the_cause_and_no_stack_trace_and_counts_the_hidden_ones() {
    logged(12);
    nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
    LogRecord entry = entry("Round {0} failed", full(4));
    entry.setParameters(new Object[] {"five"});
    assertThat(limit.isLoggable(entry)).isTrue();
    assertThat(limit.isLoggable(entry)).as("for another handler").isTrue();
    assertThat(entry.getThrown()).isNull();
    assertThat(entry.getMessage())
        .contains("No space left on device", "Round five failed", "11 more");
  }

  @Test
  void everything_else_is_logged_as_it_is() {
    for (int i = 0; i < 3; i++) {
      LogRecord entry = entry("a fault", new SQLException("no such column", "42703"));
      assertThat(limit.isLoggable(entry)).isTrue();
      assertThat(entry.getThrown()).isNotNull();
    }
  }
}
