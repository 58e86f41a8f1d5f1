package io.maquette.concurrent;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before something is tried again: doubled with each failure, up to the longest,
 * and spread to either side so that what failed together does not come back together.
 */
public final class Backoff {

  private final Duration longest;
  private final double spread;
  private final DoubleSupplier random;

  /**
   * With waits up to the longest.
   *
   * @param spread to either side, as a part of the wait; from 0 to 1
   */
  public Backoff(Duration longest, double spread) {
    this(longest, spread, () -> ThreadLocalRandom.current().nextDouble());
  }

  /** With a source of numbers from 0 to 1 of the caller's own. */
  Backoff(Duration longest, double spread, DoubleSupplier random) {
    this.longest = longest;
    this.spread = spread;
    this.random = random;
  }

  /**
   * The wait after a failure.
   *
   * @param first the wait after the first failure
   * @param failedBefore failures before this one, 0 or more
   */
  public Duration after(Duration first, int failedBefore) {
    double doubled = first.toMillis() * Math.pow(2, failedBefore);
    double capped = Math.min(doubled, (double) longest.toMillis());
    return spread(Duration.ofMillis((long) capped));
  }

  /** The wait, spread to either side. */
  public Duration spread(Duration wait) {
    double factor = 1 - spread + 2 * spread * random.getAsDouble();
    return Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * factor)));
  }
}
