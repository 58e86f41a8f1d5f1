package io.maquette.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Measurements of one contestant in one flow. */
final class Readings {

  /** End of the name of a peer that also writes history and ledger. */
  static final String EQUAL = "-equal";

  /** Name of the application itself. */
  static final String OURS = "maquette";

  /** One run. */
  record Reading(
      double tasksPerSecond,
      double commitsPerTask,
      double statementsPerTask,
      double cpuMillisPerTask,
      double databaseCpuMillisPerTask) {}

  private final String contestant;
  private final List<Reading> readings = new ArrayList<>();
  private long peakBytes;

  Readings(String contestant) {
    this.contestant = contestant;
  }

  void add(Reading reading) {
    readings.add(reading);
  }

  void peak(long bytes) {
    peakBytes = bytes;
  }

  String contestant() {
    return contestant;
  }

  boolean isOurs() {
    return contestant.equals(OURS);
  }

  boolean isEqual() {
    return contestant.endsWith(EQUAL);
  }

  long peakBytes() {
    return peakBytes;
  }

  double median(java.util.function.ToDoubleFunction<Reading> value) {
    double[] sorted = readings.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double least() {
    return readings.stream().mapToDouble(Reading::tasksPerSecond).min().orElseThrow();
  }

  double most() {
    return readings.stream().mapToDouble(Reading::tasksPerSecond).max().orElseThrow();
  }
}
