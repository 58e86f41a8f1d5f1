package io.maquette.task.wait;

import java.time.Duration;
import java.util.List;

/** Past durations of a stage, in ascending order. */
public record Durations(List<Duration> ascending) {

  /** Minimum number of durations for an estimate; fewer are not representative. */
  private static final int MIN_COUNT = 5;

  public Durations {
    ascending = ascending.stream().sorted().toList();
  }

  int count() {
    return ascending.size();
  }

  boolean isSufficient() {
    return count() >= MIN_COUNT;
  }

  /** Returns the duration that the given percentage of the stages did not exceed. */
  Duration percentile(int percent) {
    return ascending.get((count() * percent + 99) / 100 - 1);
  }
}
