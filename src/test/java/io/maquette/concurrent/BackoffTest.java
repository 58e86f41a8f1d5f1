package io.maquette.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fault")
class BackoffTest {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Test
  void the_backoff_doubles_with_each_failure_up_to_its_maximum() {
    Backoff middle = new Backoff(LONGEST, 0.2, () -> 0.5);
    assertThat(middle.after(FIRST, 0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(middle.after(FIRST, 1)).isEqualTo(Duration.ofSeconds(4));
    assertThat(middle.after(FIRST, 2)).isEqualTo(Duration.ofSeconds(8));
    assertThat(middle.after(FIRST, 99)).isEqualTo(LONGEST);
  }

  @Test
  void the_jitter_is_a_fifth_to_either_side() {
    assertThat(new Backoff(LONGEST, 0.2, () -> 0).after(FIRST, 0))
        .isEqualTo(Duration.ofMillis(1600));
    assertThat(new Backoff(LONGEST, 0.2, () -> 1).after(FIRST, 0))
        .isEqualTo(Duration.ofMillis(2400));
  }
}
