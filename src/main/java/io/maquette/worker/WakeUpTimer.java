package io.maquette.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * Timer that wakes a worker when a task is due, so that it does not wait for the next tick. Due
 * times in the same slot of 20 ms are merged. Due times more than one minute ahead, or rejected by
 * the scheduler, are left to the ticks.
 */
final class WakeUpTimer {

  private static final long SLOT_MILLIS = 20;
  private static final Duration FAR = Duration.ofMinutes(1);

  private final Runnable wake;
  private final BiConsumer<Duration, Runnable> scheduler;
  private final Clock clock;
  private final Set<Long> slots = ConcurrentHashMap.newKeySet();

  /**
   * Creates a timer.
   *
   * @param scheduler runs work once after a delay; may reject it
   */
  WakeUpTimer(Runnable wake, BiConsumer<Duration, Runnable> scheduler, Clock clock) {
    this.wake = wake;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Schedules a wake-up for a due time. */
  void add(Instant due) {
    Instant now = clock.instant();
    if (due.isAfter(now.plus(FAR))) {
      return;
    }
    long slot = Math.floorDiv(due.toEpochMilli(), SLOT_MILLIS) + 1;
    if (!slots.add(slot)) {
      return;
    }
    Duration wait = Duration.between(now, Instant.ofEpochMilli(slot * SLOT_MILLIS));
    try {
      scheduler.accept(wait.isNegative() ? Duration.ZERO : wait, () -> ring(slot));
    } catch (RejectedExecutionException e) {
      slots.remove(slot); // the next tick finds the task anyway
    }
  }

  private void ring(long slot) {
    slots.remove(slot);
    wake.run();
  }
}
