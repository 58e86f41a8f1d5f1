package io.maquette.concurrent;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with jitter. The wait doubles with each failure up to a maximum. Jitter
 * spreads the retries of tasks that failed at the same moment.
 */
public final class Backoff {

  private final Duration longest;
  private final double spread;
  private final DoubleSupplier random;

  /**
   * Creates a backoff.
   *
   * @param longest maximum wait, before jitter
   * @param spread jitter in either direction, as a fraction of the wait; from 0 to 1
   */
  public Backoff(Duration longest, double spread) {
    this(longest, spread, () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Creates a backoff with a source of random numbers from 0 to 1. */
  Backoff(Duration longest, double spread, DoubleSupplier random) {
    this.longest = longest;
    this.spread = spread;
    this.random = random;
  }

  /**
   * Returns the wait after a failure.
   *
   * @param first the wait after the first failure
   * @param failedBefore failures before this one, 0 or more
   */
  public Duration after(Duration first, int failedBefore) {
    double doubled = first.toMillis() * Math.pow(2, failedBefore);
    double capped = Math.min(doubled, (double) longest.toMillis());
    return spread(Duration.ofMillis((long) capped));
  }

  /** Adds jitter to a wait. */
  public Duration spread(Duration wait) {
    double factor = 1 - spread + 2 * spread * random.getAsDouble();
    return Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * factor)));
  }
}
