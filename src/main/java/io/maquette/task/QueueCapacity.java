package io.maquette.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/**
 * How much room the queue has, as this node counted it last: while there is plenty, not every new
 * task has the waiting ones counted. A part of what was free is given away without another count,
 * so small that several nodes together keep the limit.
 */
@ApplicationScoped
public class QueueCapacity {

  /** So long a count is good. */
  private static final Duration GOOD_FOR = Duration.ofSeconds(1);

  /** One in so many free places is given away without another count. */
  private static final int SHARE = 8;

  private int places;
  private Instant until = Instant.MIN;

  /** For CDI. */
  public QueueCapacity() {}

  /** Takes a place, if one is known to be free. */
  synchronized boolean take(Instant now) {
    if (places == 0 || now.isAfter(until)) {
      return false;
    }
    places--;
    return true;
  }

  /**
   * The waiting ones were counted.
   *
   * @param free how many more might wait then; not negative
   */
  synchronized void counted(int free, Instant now) {
    places = free / SHARE;
    until = now.plus(GOOD_FOR);
  }
}
