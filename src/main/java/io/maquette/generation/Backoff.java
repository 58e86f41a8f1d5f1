package io.maquette.generation;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a step is tried again: doubled with each failure, up to ten minutes, and
 * spread by a fifth to either side so that tasks that failed together do not come back together.
 */
final class Backoff {

  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final double SPREAD = 0.2;

  private final DoubleSupplier random;

  Backoff() {
    this(() -> ThreadLocalRandom.current().nextDouble());
  }

  /** With a source of numbers from 0 to 1 of the caller's own. */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * The wait after a failure.
   *
   * @param first the wait after the first failure
   * @param failedBefore failures before this one, 0 or more
   */
  Duration after(Duration first, int failedBefore) {
    double doubled = first.toMillis() * Math.pow(2, failedBefore);
    double capped = Math.min(doubled, (double) LONGEST.toMillis());
    return spread(Duration.ofMillis((long) capped));
  }

  /** The wait, spread to either side. */
  Duration spread(Duration wait) {
    double factor = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
    return Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * factor)));
  }
}
