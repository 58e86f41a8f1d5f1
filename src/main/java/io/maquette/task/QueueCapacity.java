package io.maquette.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/**
 * Free places in the queue, as this node last counted them. While there are many, not every
 * creation counts the waiting tasks again. Between two counts, this node hands out one eighth of
 * the free places. That share is so small that several nodes together keep the limit.
 */
@ApplicationScoped
public class QueueCapacity {

  /** Validity of a count. */
  private static final Duration GOOD_FOR = Duration.ofSeconds(1);

  /** One in this number of free places is handed out without another count. */
  private static final int SHARE = 8;

  private int places;
  private Instant until = Instant.MIN;

  /** For CDI. */
  public QueueCapacity() {}

  /** Takes a place; returns false if none is known to be free. */
  synchronized boolean take(Instant now) {
    if (places == 0 || now.isAfter(until)) {
      return false;
    }
    places--;
    return true;
  }

  /**
   * Stores a new count of the free places.
   *
   * @param free number of further tasks that may wait; not negative
   */
  synchronized void setFree(int free, Instant now) {
    places = free / SHARE;
    until = now.plus(GOOD_FOR);
  }
}
