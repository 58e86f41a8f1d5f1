package io.maquette.task.wait;

import java.time.Duration;
import java.time.Instant;

/**
 * Estimated end of the current stage, from the past durations of this installation. Half of the
 * past stages ended between the two times, a quarter earlier and a quarter later.
 *
 * @param from earliest likely end (25th percentile)
 * @param to latest likely end (75th percentile)
 * @param basis number of past stages that the estimate is based on
 * @param slowerThanUsual whether the stage already takes longer than 95 % of the past stages did
 */
public record Estimate(Instant from, Instant to, int basis, boolean slowerThanUsual) {

  private static final int LOWER = 25;
  private static final int UPPER = 75;
  private static final int USUAL = 95;

  /** Estimates the end of a stage that a worker has started. */
  static Estimate ofRunning(Durations past, Instant startedAt, Instant now) {
    Instant from = later(startedAt.plus(past.percentile(LOWER)), now);
    Instant usual = startedAt.plus(past.percentile(USUAL));
    Instant to = startedAt.plus(past.percentile(UPPER));
    return new Estimate(
        from, now.isBefore(to) ? to : later(usual, now), past.count(), now.isAfter(usual));
  }

  /**
   * Estimates the end of a stage that waits in the queue.
   *
   * @param place position in the queue, from 1
   * @param atOnce number of tasks that are processed at the same time
   */
  static Estimate ofWaiting(Durations past, int place, int atOnce, Instant now) {
    int rounds = 1 + (place - 1) / atOnce; // rounds of the tasks ahead, plus the task's own round
    Duration least = past.percentile(LOWER).multipliedBy(rounds);
    // one round more, because all slots may be in use now
    Duration most = past.percentile(UPPER).multipliedBy(rounds + 1L);
    return new Estimate(now.plus(least), now.plus(most), past.count(), false);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
