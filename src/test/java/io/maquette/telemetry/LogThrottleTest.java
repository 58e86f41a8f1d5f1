package io.maquette.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogThrottleTest {

  private final AtomicLong now = new AtomicLong();
  private final LogThrottle throttle = new LogThrottle(now::get);

  @Test
  void one_line_per_minute_and_cause_is_permitted() {
    assertThat(throttle.permit("a")).hasValue(0);
    assertThat(throttle.permit("b")).hasValue(0);
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(throttle.permit("a")).isEmpty();
    assertThat(throttle.permit("a")).isEmpty();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(throttle.permit("a")).hasValue(2);
    assertThat(throttle.permit("b")).hasValue(0);
  }

  @Test
  void a_line_says_how_many_were_left_out_before_it() {
    List<String> lines = new ArrayList<>();
    Logger log = Logger.getAnonymousLogger();
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
    for (String cause : List.of("a", "b", "a", "a")) {
      throttle.log(log, Level.WARNING, cause, () -> "no route to " + cause);
    }
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    throttle.log(log, Level.WARNING, "a", () -> "no route to a");
    assertThat(lines)
        .containsExactly(
            "WARNING no route to a",
            "WARNING no route to b",
            "WARNING no route to a (2 similar ones since the last line)");
  }

  @Test
  void a_cause_that_was_logged_again_is_not_the_first_to_be_forgotten() {
    throttle.permit("a");
    for (int i = 1; i < 200; i++) {
      throttle.permit("cause " + i);
    }
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    throttle.permit("a");
    throttle.permit("one more");
    assertThat(throttle.permit("a")).isEmpty();
  }

  @Test
  void the_number_of_causes_is_bounded() {
    for (int i = 0; i < 1000; i++) {
      assertThat(throttle.permit("cause " + i)).hasValue(0);
    }
    assertThat(throttle.permit("cause 0")).as("forgotten").hasValue(0);
    assertThat(throttle.permit("cause 999")).isEmpty();
  }
}
