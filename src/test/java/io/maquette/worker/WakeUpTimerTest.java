package io.maquette.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WakeUpTimerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final Map<Duration, Runnable> set = new LinkedHashMap<>();
  private final AtomicInteger woken = new AtomicInteger();
  private final WakeUpTimer times = new WakeUpTimer(woken::incrementAndGet, set::put, CLOCK);

  @Test
  void the_worker_wakes_up_at_the_due_time() {
    times.add(NOW.plusMillis(105));
    assertThat(set.keySet())
        .singleElement()
        .satisfies(
            wait -> assertThat(wait).isBetween(Duration.ofMillis(105), Duration.ofMillis(125)));
    set.values().forEach(Runnable::run);
    assertThat(woken).hasValue(1);
  }

  @Test
  void close_times_share_one_timer() {
    times.add(NOW.plusMillis(101));
    times.add(NOW.plusMillis(109));
    times.add(NOW.plusMillis(501));
    assertThat(set).hasSize(2);
    set.values().forEach(Runnable::run);
    set.clear();
    times.add(NOW.plusMillis(101));
    assertThat(set).hasSize(1);
  }

  @Test
  void distant_due_times_are_left_to_the_ticks() {
    times.add(NOW.plus(Duration.ofHours(1)));
    assertThat(set).isEmpty();
  }

  @Test
  void a_past_due_time_wakes_at_once() {
    times.add(NOW.minusSeconds(5));
    assertThat(set.keySet()).containsExactly(Duration.ZERO);
  }

  @Test
  void a_refused_timer_is_requested_again_next_time() {
    WakeUpTimer refused =
        new WakeUpTimer(
            woken::incrementAndGet,
            (wait, work) -> {
              throw new RejectedExecutionException("full");
            },
            CLOCK);
    refused.add(NOW);
    refused.add(NOW);
    assertThat(woken).hasValue(0);
  }
}
