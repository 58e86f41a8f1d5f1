package io.maquette.monitoring;

import io.maquette.task.Stage;
import io.maquette.task.TaskStatus;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Daily times in status, computed from the history and stored. Deleting a task deletes its history,
 * but the computed times remain.
 */
@Stateless
public class DailyDurationReport {

  /** Maximum number of rows per page. */
  public static final int MAX_ROWS = 1000;

  /**
   * Tolerance between the order of event numbers and the order of event times. An event gets its
   * number at the insert but its time earlier, at the decision.
   */
  private static final Duration DISORDER = Duration.ofMinutes(10);

  private static final String DAY =
      "insert into dwell_day (left_on, status, provider, stays, total_seconds, p50_seconds,"
          + " p95_seconds, max_seconds) select cast(?1 as date), status, provider, count(*),"
          + " sum(seconds), percentile_cont(0.5) within group (order by seconds),"
          + " percentile_cont(0.95) within group (order by seconds), max(seconds) from ("
          + "select status, cast(extract(epoch from (left_at - entered_at)) as double precision)"
          + " as seconds, coalesce("
          + provider("submitted_at <= left_at order by c.id desc")
          + ", "
          + provider("submitted_at > left_at order by c.id")
          + ", '-') as provider from (select e.task_id, e.from_status as status,"
          + " e.occurred_at as left_at, "
          + StatusDurations.PREVIOUS_CHANGE
          + " as entered_at from task_event e"
          + " where e.id >= ?2 and e.id < ?3 and e.occurred_at >= ?4 and e.occurred_at < ?5"
          + " and e.event_type = 'STATUS_CHANGED' and e.from_status is not null) exits"
          + " where entered_at is not null) times group by status, provider";

  /** Returns the subquery for the provider of the submission in the stage of the status. */
  private static String provider(String which) {
    return "(select c.provider from provider_call c where c.task_id = exits.task_id"
        + " and c.stage = case when status in "
        + inProgress(Stage.IMAGE)
        + " then 'IMAGE' when status in "
        + inProgress(Stage.MODEL)
        + " then 'MODEL' end"
        + " and c.submitted_at >= entered_at and c."
        + which
        + " limit 1)";
  }

  private static String inProgress(Stage stage) {
    return TaskStatus.listed(
        status -> status.isInProgress() && status.stage().orElseThrow() == stage);
  }

  @PersistenceContext private EntityManager entities;

  /** Required by the container. */
  public DailyDurationReport() {}

  public DailyDurationReport(EntityManager entities) {
    this.entities = entities;
  }

  /** Computes the times of a day and replaces earlier results of this day. */
  public void compute(LocalDate day) {
    Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = begin.plus(Duration.ofDays(1));
    entities
        .createNativeQuery("delete from dwell_day where left_on = ?1")
        .setParameter(1, day)
        .executeUpdate();
    entities
        .createNativeQuery(DAY)
        .setParameter(1, day)
        .setParameter(2, firstSince(begin.minus(DISORDER)))
        .setParameter(3, firstSince(end.plus(DISORDER)))
        .setParameter(4, begin.atOffset(ZoneOffset.UTC))
        .setParameter(5, end.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  /** Finds the lowest event number at or after a time, by binary search. */
  private long firstSince(Instant time) {
    Object[] ends =
        (Object[])
            entities.createQuery("select min(e.id), max(e.id) from TaskEvent e").getSingleResult();
    if (ends[0] == null) {
      return 0;
    }
    long low = (Long) ends[0];
    long high = (Long) ends[1] + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      Instant there = timeAt(middle).orElse(Instant.MAX);
      if (there.isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Optional<Instant> timeAt(long number) {
    return entities
        .createQuery(
            "select e.at from TaskEvent e where e.id >= :number order by e.id", Instant.class)
        .setParameter("number", number)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** Returns the day of the first event; empty if there is none. */
  public Optional<LocalDate> firstDay() {
    return timeAt(0).map(time -> LocalDate.ofInstant(time, ZoneOffset.UTC));
  }

  /** Returns the last computed day, which may have been incomplete; empty if there is none. */
  public Optional<LocalDate> lastDay() {
    Object last =
        entities.createNativeQuery("select max(left_on) from dwell_day").getSingleResult();
    return Optional.ofNullable(last).map(DailyDurationReport::day);
  }

  /**
   * Lists the computed times by day, status and provider.
   *
   * @param from first day
   * @param to last day
   * @param skip number of rows to skip
   * @param limit 1 to {@link #MAX_ROWS}
   */
  @SuppressWarnings("unchecked")
  public List<DailyDuration> rows(LocalDate from, LocalDate to, int skip, int limit) {
    if (limit < 1 || limit > MAX_ROWS) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_ROWS + ": " + limit);
    }
    List<Object[]> rows =
        entities
            .createNativeQuery(
                "select left_on, status, provider, stays, total_seconds, p50_seconds, p95_seconds,"
                    + " max_seconds from dwell_day where left_on >= ?1 and left_on <= ?2"
                    + " order by left_on, status, provider limit ?3 offset ?4")
            .setParameter(1, from)
            .setParameter(2, to)
            .setParameter(3, limit)
            .setParameter(4, skip)
            .getResultList();
    return rows.stream().map(DailyDurationReport::row).toList();
  }

  private static DailyDuration row(Object[] row) {
    return new DailyDuration(
        day(row[0]),
        TaskStatus.valueOf((String) row[1]),
        (String) row[2],
        ((Number) row[3]).longValue(),
        ((Number) row[4]).doubleValue(),
        ((Number) row[5]).doubleValue(),
        ((Number) row[6]).doubleValue(),
        ((Number) row[7]).doubleValue());
  }

  /** Converts a date; JDBC drivers return different types. */
  private static LocalDate day(Object value) {
    return value instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) value;
  }
}
