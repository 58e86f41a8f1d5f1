package io.maquette.admin.console;

import io.maquette.monitoring.DailyDuration;
import io.maquette.monitoring.DailyDurationReport;
import io.maquette.task.TaskStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Page bean of the daily times in status, which the batch job {@code dwell-report} computes. */
@Named
@RequestScoped
public class TimesPage {

  /** Number of days in a chart; the last computed day is the last of them. */
  private static final int DAYS = 30;

  /** Height of a chart and distance between two days, in units of the SVG view box. */
  private static final int HEIGHT = 100;

  private static final int STEP = 20;

  /**
   * One day in a chart.
   *
   * @param x horizontal position
   * @param p50 height of the median
   * @param p95 height of the 95th percentile
   * @param words tooltip text
   */
  public record Bar(int x, int p50, int p95, String words) {}

  /**
   * Chart of one status at one provider.
   *
   * @param provider {@code -} for a status without a provider
   * @param stays number of tasks that left the status on these days
   * @param top duration that the chart's full height represents
   */
  public record Chart(
      TaskStatus status, String provider, long stays, Duration top, List<Bar> bars) {}

  @Inject private DailyDurationReport report;
  @Inject private ConsoleTexts texts;

  private List<Chart> charts;

  /** Returns the width of a chart in units of the SVG view box. */
  public int getWidth() {
    return DAYS * STEP;
  }

  /** Returns the height of a chart in units of the SVG view box. */
  public int getHeight() {
    return HEIGHT;
  }

  /** Returns the charts in the order of the statuses; empty if no day is computed. */
  public List<Chart> getCharts() {
    if (charts == null) {
      charts = report.lastDay().map(this::read).orElse(List.of());
    }
    return charts;
  }

  private List<Chart> read(LocalDate last) {
    LocalDate first = last.minusDays(DAYS - 1);
    Map<List<Object>, List<DailyDuration>> rows = new LinkedHashMap<>();
    List<DailyDuration> page;
    int skip = 0;
    do {
      page = report.rows(first, last, skip, DailyDurationReport.MAX_ROWS);
      for (DailyDuration row : page) {
        rows.computeIfAbsent(List.of(row.status(), row.provider()), key -> new ArrayList<>())
            .add(row);
      }
      skip += page.size();
    } while (page.size() == DailyDurationReport.MAX_ROWS);
    return rows.values().stream()
        .map(some -> chart(first, some))
        .sorted(Comparator.comparing(Chart::status).thenComparing(Chart::provider))
        .toList();
  }

  private Chart chart(LocalDate first, List<DailyDuration> rows) {
    double top = rows.stream().mapToDouble(DailyDuration::p95Seconds).max().orElseThrow();
    return new Chart(
        rows.get(0).status(),
        rows.get(0).provider(),
        rows.stream().mapToLong(DailyDuration::stays).sum(),
        ConsoleTexts.seconds(top),
        rows.stream().map(row -> bar(first, top, row)).toList());
  }

  private Bar bar(LocalDate first, double top, DailyDuration row) {
    return new Bar(
        (int) ChronoUnit.DAYS.between(first, row.day()) * STEP,
        height(row.p50Seconds(), top),
        height(row.p95Seconds(), top),
        row.day()
            + ": "
            + row.stays()
            + " ×, p50 "
            + texts.duration(ConsoleTexts.seconds(row.p50Seconds()))
            + ", p95 "
            + texts.duration(ConsoleTexts.seconds(row.p95Seconds())));
  }

  /** Returns the height of a bar, at least 1 so that it remains visible. */
  private static int height(double seconds, double top) {
    return top <= 0 ? 1 : (int) Math.max(1, Math.round(seconds / top * HEIGHT));
  }
}
