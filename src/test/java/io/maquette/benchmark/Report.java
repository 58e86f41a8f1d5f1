package io.maquette.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The figures as a table and a chart. */
record Report(
    String title,
    String flow,
    Duration latency,
    int hands,
    int tasks,
    int runs,
    Path folder,
    List<Readings> readings) {

  private static final int BAR = 28;
  private static final int GAP = 12;
  private static final int LEFT = 120;
  private static final int WIDTH = 760;

  /** In Markdown, fit for a log as well. */
  String table() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s, %d ms an answer, %d hands, medians of %d runs of %d tasks%n%n"
                    + "| | tasks/s | least - most | commits/task | statements/task"
                    + " | CPU ms/task | database CPU ms/task | peak MiB |%n"
                    + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |%n",
                flow.equals("whole")
                    ? "Whole tasks: created, four pictures, choice, submission, query, file"
                    : "Two remote steps a task: submission and query",
                latency.toMillis(),
                hands,
                runs,
                tasks));
    for (Readings of : readings) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.0f - %.0f | %.1f | %.1f | %.2f | %.2f | %d |%n",
              of.contestant(),
              of.median(Readings.Reading::tasksPerSecond),
              of.least(),
              of.most(),
              of.median(Readings.Reading::commitsPerTask),
              of.median(Readings.Reading::statementsPerTask),
              of.median(Readings.Reading::cpuMillisPerTask),
              of.median(Readings.Reading::databaseCpuMillisPerTask),
              of.peakBytes() >> 20));
    }
    return text.append(System.lineSeparator()).append(machine()).toString();
  }

  private String machine() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %s %s, Java %s; files and database on %s.%n",
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"),
        folder.startsWith("/dev/shm") ? "memory" : "disk");
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
    Files.writeString(target.resolve(title + ".md"), table());
    Files.writeString(target.resolve(title + ".svg"), chart());
  }

  private String chart() {
    double most = readings.stream().mapToDouble(Readings::most).max().orElseThrow();
    int height = readings.size() * (BAR + GAP) + GAP;
    double scale = (WIDTH - LEFT - 90) / most;
    StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                    + " font-family=\"sans-serif\" font-size=\"14\">%n"
                    + "<title>Tasks a second</title>%n"
                    + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                WIDTH,
                height));
    int y = GAP;
    for (Readings of : readings) {
      double median = of.median(Readings.Reading::tasksPerSecond);
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                  + "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>"
                  + "<line x1=\"%.0f\" x2=\"%.0f\" y1=\"%d\" y2=\"%d\" stroke=\"#222\"/>"
                  + "<text x=\"%.0f\" y=\"%d\">%.0f / s</text>%n",
              LEFT - 10,
              y + BAR / 2 + 5,
              of.contestant(),
              LEFT,
              y,
              median * scale,
              BAR,
              of.contestant().equals("maquette") ? "#2563eb" : "#94a3b8",
              LEFT + of.least() * scale,
              LEFT + of.most() * scale,
              y + BAR / 2,
              y + BAR / 2,
              LEFT + of.most() * scale + 8,
              y + BAR / 2 + 5,
              median));
      y += BAR + GAP;
    }
    return svg.append("</svg>\n").toString();
  }
}
