package io.maquette.monitoring;

import io.maquette.task.TaskStatus;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Queries of present and past times in status. The row of a task holds the start for each status
 * that workers act on. A waiting task is due from the time it was queued; an active task has the
 * start of its stage.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class StatusDurations {

  /** Maximum number of status changes per query; of more, the latest count. */
  public static final int MAX_ENDED = 2_000;

  /** Maximum delay until a row becomes visible after rows with higher numbers. */
  private static final Duration DISORDER = Duration.ofSeconds(5);

  static final String ENTERED_AT =
      "case t.status when 'IMAGE_GENERATING' then t.image_generation_started_at"
          + " when 'IMAGE_EDITING' then t.edit_asked_at"
          + " when 'MODEL_GENERATING' then t.model_generation_started_at else t.due_at end";

  private static final String OPEN =
      "select t.status, count(*), count(t.leased_by), extract(epoch from min("
          + ENTERED_AT
          + ")) from task t where t.status in "
          + TaskStatus.listed(TaskStatus::isInProgress)
          + " group by t.status";

  /**
   * Duration of the time in status that event {@code e} ended; null if the previous event is
   * deleted.
   */
  private static final String SECONDS =
      "cast(extract(epoch from (e.occurred_at - (select b.occurred_at from task_event b"
          + " where b.task_id = e.task_id and b.id < e.id and b.event_type = 'STATUS_CHANGED'"
          + " order by b.id desc limit 1))) as double precision)";

  private static final String ENDED =
      "select e.id, e.from_status, coalesce(m.provider, '-'), "
          + SECONDS
          + " from (select id, task_id, from_status, occurred_at"
          + " from task_event where id > ?1 and occurred_at < ?2"
          + " and event_type = 'STATUS_CHANGED' and from_status is not null and node = ?3"
          + " order by id desc limit "
          + MAX_ENDED
          + ") e left join task_model m on m.task_id = e.task_id"
          + " and e.from_status in ('MODEL_PENDING', 'MODEL_GENERATING')";

  private static final String RECENT =
      "select status, provider, count(*), percentile_cont(0.95) within group (order by seconds)"
          + " from (select e.from_status as status, coalesce(m.provider, '-') as provider, "
          + SECONDS
          + " as seconds from (select id,"
          + " task_id, from_status, occurred_at from task_event where event_type ="
          + " 'STATUS_CHANGED' order by id desc limit "
          + MAX_ENDED
          + ") e left join task_model m on m.task_id = e.task_id and e.from_status ="
          + " 'MODEL_GENERATING' where e.occurred_at >= ?1 and e.from_status in "
          + TaskStatus.listed(TaskStatus::isInProgress)
          + ") stays"
          + " where seconds is not null group by status, provider";

  @PersistenceContext private EntityManager entities;

  /** Required by the container. */
  public StatusDurations() {}

  StatusDurations(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Tasks in one status that workers act on.
   *
   * @param tasks number of tasks
   * @param held number of claimed tasks
   * @param oldestSince start of the longest time in status; null without tasks
   */
  public record Open(long tasks, long held, Instant oldestSince) {}

  /**
   * Completed time in status.
   *
   * @param number number of the event that ended it
   * @param provider provider of the model, or the one that got the task from the queue; {@code -}
   *     for the picture stage and a status without a provider
   */
  public record Ended(long number, TaskStatus status, String provider, Duration lasted) {}

  /**
   * Recent times in status.
   *
   * @param provider as in {@link Ended}; {@code -} except in MODEL_GENERATING
   * @param stays number of times
   * @param p95Seconds 95th percentile
   */
  public record Recent(TaskStatus status, String provider, long stays, double p95Seconds) {}

  /**
   * Computes the times that ended since then in statuses that workers act on, from the last {@link
   * #MAX_ENDED} changes.
   */
  @SuppressWarnings("unchecked")
  public List<Recent> recent(Instant since) {
    List<Object[]> rows =
        entities
            .createNativeQuery(RECENT)
            .setParameter(1, since.atOffset(ZoneOffset.UTC))
            .getResultList();
    return rows.stream()
        .map(
            row ->
                new Recent(
                    TaskStatus.valueOf((String) row[0]),
                    (String) row[1],
                    ((Number) row[2]).longValue(),
                    ((Number) row[3]).doubleValue()))
        .toList();
  }

  /**
   * Returns the present figures of each status that workers act on, also of those without tasks.
   */
  @SuppressWarnings("unchecked")
  public Map<TaskStatus, Open> open() {
    Map<TaskStatus, Open> open = new EnumMap<>(TaskStatus.class);
    for (TaskStatus status : TaskStatus.values()) {
      if (status.isInProgress()) {
        open.put(status, new Open(0, 0, null));
      }
    }
    List<Object[]> rows = entities.createNativeQuery(OPEN).getResultList();
    for (Object[] row : rows) {
      open.put(
          TaskStatus.valueOf((String) row[0]),
          new Open(
              ((Number) row[1]).longValue(), ((Number) row[2]).longValue(), time((Number) row[3])));
    }
    return open;
  }

  /**
   * Lists the times in status that a node ended, unordered, at most {@link #MAX_ENDED}. Changes of
   * the last 5 seconds follow in the next call, because lower numbers can still become visible.
   *
   * @param after highest event number of the previous call
   */
  @SuppressWarnings("unchecked")
  public List<Ended> ended(long after, String node, Instant now) {
    List<Object[]> rows =
        entities
            .createNativeQuery(ENDED)
            .setParameter(1, after)
            .setParameter(2, now.minus(DISORDER).atOffset(ZoneOffset.UTC))
            .setParameter(3, node)
            .getResultList();
    return rows.stream()
        .filter(row -> row[3] != null) // the previous event was deleted with its task
        .map(
            row ->
                new Ended(
                    ((Number) row[0]).longValue(),
                    TaskStatus.valueOf((String) row[1]),
                    (String) row[2],
                    Duration.ofMillis(Math.round(((Number) row[3]).doubleValue() * 1000))))
        .toList();
  }

  static Instant time(Number epochSeconds) {
    return Instant.EPOCH.plus(
        Math.round(epochSeconds.doubleValue() * 1_000_000), ChronoUnit.MICROS);
  }
}
