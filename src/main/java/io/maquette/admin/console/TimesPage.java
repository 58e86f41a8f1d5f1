package io.maquette.admin.console;

import io.maquette.monitoring.DailyDurationReport;
import io.maquette.monitoring.DwellRow;
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

/** How long tasks were in each state, day by day, as the job {@code dwell-report} computed it. */
@Named
@RequestScoped
public class TimesPage {

  /** So many days end with the last that was computed. */
  private static final int DAYS = 30;

  /** Height of a chart, and how far it is from one day to the next, both in its own units. */
  private static final int HEIGHT = 100;

  private static final int STEP = 20;

  /**
   * A day in a chart.
   *
   * @param x where it stands
   * @param p50 how high it is
   * @param p95 how high it is
   * @param words what it says
   */
  public record Bar(int x, int p50, int p95, String words) {}

  /**
   * One state at one provider.
   *
   * @param provider {@code -} for states in which nobody is at work
   * @param stays how many there were in all
   * @param top what the height of the chart means
   */
  public record Chart(
      TaskStatus status, String provider, long stays, Duration top, List<Bar> bars) {}

  @Inject private DailyDurationReport dwell;
  @Inject private ConsoleTexts texts;

  private List<Chart> charts;

  /** How wide a chart is, in its own units. */
  public int getWidth() {
    return DAYS * STEP;
  }

  /** How high it is. */
  public int getHeight() {
    return HEIGHT;
  }

  /** Charts in the order in which a task comes through the states; none if nothing is computed. */
  public List<Chart> getCharts() {
    if (charts == null) {
      charts = dwell.lastDay().map(this::read).orElse(List.of());
    }
    return charts;
  }

  private List<Chart> read(LocalDate last) {
    LocalDate first = last.minusDays(DAYS - 1);
    Map<List<Object>, List<DwellRow>> rows = new LinkedHashMap<>();
    List<DwellRow> page;
    int skip = 0;
    do {
      page = dwell.rows(first, last, skip, DailyDurationReport.MAX_ROWS);
      for (DwellRow row : page) {
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

  private Chart chart(LocalDate first, List<DwellRow> rows) {
    double top = rows.stream().mapToDouble(DwellRow::p95Seconds).max().orElseThrow();
    return new Chart(
        rows.get(0).status(),
        rows.get(0).provider(),
        rows.stream().mapToLong(DwellRow::stays).sum(),
        ConsoleTexts.seconds(top),
        rows.stream().map(row -> bar(first, top, row)).toList());
  }

  private Bar bar(LocalDate first, double top, DwellRow row) {
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

  /** At least a line. */
  private static int height(double seconds, double top) {
    return top <= 0 ? 1 : (int) Math.max(1, Math.round(seconds / top * HEIGHT));
  }
}
