package io.maquette.batch;

import io.maquette.monitoring.DailyDurationReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Batch step that computes the time in status, day by day. */
@ApplicationScoped
@Named("days")
public class Days implements BatchStep<LocalDate> {

  private static final String FROM = "from";
  private static final String TO = "to";

  private DailyDurationReport dwell;
  private Clock clock;

  /** Required by CDI. */
  protected Days() {}

  @Inject
  public Days(DailyDurationReport dwell, Clock clock) {
    this.dwell = dwell;
    this.clock = clock;
  }

  /**
   * Creates the parameters of a run.
   *
   * @param from null for the last computed day, which may have been incomplete, or else the first
   *     day with events
   * @param to null for today
   */
  RunParameters parameters(LocalDate from, LocalDate to) {
    LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
    LocalDate first = from;
    if (first == null) {
      first = dwell.lastDay().or(dwell::firstDay).filter(day -> !day.isAfter(last)).orElse(last);
    }
    return new RunParameters.Builder().with(FROM, first).with(TO, last).build();
  }

  /** Returns the first day of a run. */
  public static LocalDate from(RunParameters parameters) {
    return LocalDate.parse(parameters.text(FROM));
  }

  /** Returns the last day of a run. */
  public static LocalDate to(RunParameters parameters) {
    return LocalDate.parse(parameters.text(TO));
  }

  @Override
  public OptionalLong count(LocalRun run) {
    return OptionalLong.of(
        to(run.parameters()).toEpochDay() - from(run.parameters()).toEpochDay() + 1);
  }

  @Override
  public Iterator<LocalDate> items(LocalRun run, String after) {
    LocalDate first = after == null ? from(run.parameters()) : LocalDate.parse(after).plusDays(1);
    LocalDate behind = to(run.parameters()).plusDays(1);
    return first.isBefore(behind)
        ? first.datesUntil(behind).iterator()
        : java.util.Collections.emptyIterator();
  }

  @Override
  public String positionOf(LocalDate day) {
    return day.toString();
  }

  @Override
  public Supplier<ItemResult> process(LocalRun run, LocalDate day) {
    return () -> {
      dwell.compute(day);
      return ItemResult.WRITTEN;
    };
  }
}
