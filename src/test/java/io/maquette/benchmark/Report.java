package io.maquette.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures as tables and a chart. */
record Report(
    String title,
    String flow,
    Duration latency,
    int hands,
    int tasks,
    int runs,
    List<Place> places) {

  /** What was measured with files and database in one folder. */
  record Place(Path folder, List<Readings> readings) {

    String name() {
      try {
        return Files.getFileStore(folder).type().equals("tmpfs") ? "memory" : "disk";
      } catch (IOException e) {
        return folder.toString();
      }
    }

    /** Returns the throughput of a contestant, or not a number. */
    double median(String contestant) {
      return readings.stream()
          .filter(of -> of.contestant().equals(contestant))
          .mapToDouble(of -> of.median(Readings.Reading::tasksPerSecond))
          .findFirst()
          .orElse(Double.NaN);
    }
  }

  /** In Markdown, fit for a log as well. */
  String tables() {
    return heading()
        + places.stream().map(this::table).collect(Collectors.joining(System.lineSeparator()))
        + System.lineSeparator()
        + machine();
  }

  private String heading() {
    return String.format(
        Locale.ROOT,
        "%s, %d ms an answer, %d threads, medians of %d runs of %d tasks%n%n",
        flow.equals("whole")
            ? "Whole tasks: created, four pictures, choice, submission, query, file"
            : "Two remote steps a task: submission and query",
        latency.toMillis(),
        hands,
        runs,
        tasks);
  }

  private String table(Place place) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Files and database on %s:%n%n"
                    + "| | tasks/s | least - most | commits/task | statements/task"
                    + " | CPU ms/task | database CPU ms/task | peak MiB |%n"
                    + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |%n",
                place.name()));
    for (Readings of : place.readings()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.0f - %.0f | %.1f | %.1f | %.2f | %.2f | %d |%n",
              of.isOurs() ? "**" + of.contestant() + "**" : of.contestant(),
              of.median(Readings.Reading::tasksPerSecond),
              of.least(),
              of.most(),
              of.median(Readings.Reading::commitsPerTask),
              of.median(Readings.Reading::statementsPerTask),
              of.median(Readings.Reading::cpuMillisPerTask),
              of.median(Readings.Reading::databaseCpuMillisPerTask),
              of.peakBytes() >> 20));
    }
    return text.append(ratios(place)).toString();
  }

  /** Our throughput by that of db-scheduler, which the goals are about. */
  private static String ratios(Place place) {
    double ours = place.median(Readings.OURS);
    double equal = ours / place.median("db-scheduler" + Readings.EQUAL);
    double asItComes = ours / place.median("db-scheduler");
    return Double.isNaN(equal) || Double.isNaN(asItComes)
        ? ""
        : String.format(
            Locale.ROOT,
            "%nMaquette's tasks/s are %.2f of db-scheduler's on equal work, and %.2f of"
                + " db-scheduler's without history and ledger.%n",
            equal,
            asItComes);
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %s %s, Java %s.%n",
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"));
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 2))
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }

  /** Writes {@code <title>.md} and {@code <title>.svg}. */
  void write(Path target) throws IOException {
    Files.createDirectories(target);
    Files.writeString(target.resolve(title + ".md"), tables());
    Files.writeString(target.resolve(title + ".svg"), new Chart(places).svg());
  }
}
