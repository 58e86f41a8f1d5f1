package io.maquette.task;

import java.time.Duration;
import java.time.Instant;

/**
 * When the stage in progress will probably be done, by this installation's own past: half of the
 * stages took between the two times, a quarter less and a quarter more.
 *
 * @param from probably not before
 * @param to probably not after
 * @param basis how many past stages it is made from
 * @param slowerThanUsual whether it takes longer already than 95 of 100 did
 */
public record Estimate(Instant from, Instant to, int basis, boolean slowerThanUsual) {

  private static final int LOWER = 25;
  private static final int UPPER = 75;
  private static final int USUAL = 95;

  /** For a stage that is being worked on. */
  static Estimate ofRunning(Durations past, Instant startedAt, Instant now) {
    Instant from = later(startedAt.plus(past.percentile(LOWER)), now);
    Instant usual = startedAt.plus(past.percentile(USUAL));
    Instant to = startedAt.plus(past.percentile(UPPER));
    return new Estimate(
        from, now.isBefore(to) ? to : later(usual, now), past.count(), now.isAfter(usual));
  }

  /**
   * For a stage that has not begun.
   *
   * @param place in the queue, from 1
   * @param atOnce how many are worked on at once
   */
  static Estimate ofWaiting(Durations past, int place, int atOnce, Instant now) {
    int rounds = 1 + (place - 1) / atOnce; // those before, and its own
    Duration least = past.percentile(LOWER).multipliedBy(rounds);
    Duration most = past.percentile(UPPER).multipliedBy(rounds + 1L); // all hands may be full
    return new Estimate(now.plus(least), now.plus(most), past.count(), false);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
