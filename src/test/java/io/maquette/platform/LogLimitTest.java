package io.maquette.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogLimitTest {

  private final List<String> lines = new ArrayList<>();
  private long now;
  private final LogLimit limit = new LogLimit(() -> now);
  private final Logger log = Logger.getAnonymousLogger();

  {
    log.setUseParentHandlers(false);
    log.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  private void log(String cause) {
    limit.log(log, Level.WARNING, cause, () -> "no route to " + cause);
  }

  @Test
  void each_cause_has_one_line_a_minute_that_counts_what_was_left_out() {
    log("a");
    log("b");
    log("a");
    now += Duration.ofSeconds(59).toNanos();
    log("a");
    assertThat(lines).containsExactly("WARNING no route to a", "WARNING no route to b");
    now += Duration.ofSeconds(2).toNanos();
    log("a");
    assertThat(lines.get(2)).isEqualTo("WARNING no route to a (and 2 more of this kind)");
  }

  @Test
  void many_causes_do_not_fill_the_memory() {
    for (int cause = 0; cause < 10_000; cause++) {
      log("cause " + cause);
    }
    log("cause 0");
    assertThat(lines).hasSize(10_001);
  }
}
