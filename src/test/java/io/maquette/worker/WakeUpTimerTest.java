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
  void theWorkerIsWokenOnceItIsDueAndNotBefore() {
    times.add(NOW.plusMillis(105));
    assertThat(set.keySet())
        .singleElement()
        .satisfies(
            wait -> assertThat(wait).isBetween(Duration.ofMillis(105), Duration.ofMillis(125)));
    set.values().forEach(Runnable::run);
    assertThat(woken).hasValue(1);
  }

  @Test
  void momentsThatLieCloseTogetherAreOneAndComeAgainLater() {
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
  void whatIsFarAwayIsLeftToTheTicks() {
    times.add(NOW.plus(Duration.ofHours(1)));
    assertThat(set).isEmpty();
  }

  @Test
  void whatIsDueAlreadyIsNotWaitedFor() {
    times.add(NOW.minusSeconds(5));
    assertThat(set.keySet()).containsExactly(Duration.ZERO);
  }

  @Test
  void aServerThatTakesNoAlarmIsAskedAgainTheNextTime() {
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
