package io.maquette.task;

import java.time.Duration;
import java.util.List;

/**
 * How long something took in the past, in order.
 *
 * @param ascending shortest first
 */
public record Durations(List<Duration> ascending) {

  /** Fewer say nothing. */
  private static final int LEAST = 5;

  public Durations {
    ascending = ascending.stream().sorted().toList();
  }

  int count() {
    return ascending.size();
  }

  boolean isTelling() {
    return count() >= LEAST;
  }

  /**
   * The duration that so many took at most.
   *
   * @param percent 1 to 100
   */
  Duration percentile(int percent) {
    return ascending.get((count() * percent + 99) / 100 - 1);
  }
}
