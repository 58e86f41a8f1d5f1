package io.maquette.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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
  void the_number_of_causes_is_bounded() {
    for (int i = 0; i < 1000; i++) {
      assertThat(throttle.permit("cause " + i)).hasValue(0);
    }
    assertThat(throttle.permit("cause 0")).as("forgotten").hasValue(0);
    assertThat(throttle.permit("cause 999")).isEmpty();
  }
}
