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
 * How long tasks have been in their status, and were in those they left. Since when a task has been
 * in a status that workers look at, its row tells: a waiting one is due from when it was queued,
 * and one that is worked on has its stage's start.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class StatusDurations {

  /** So many changes are looked at at once; of more, the last ones. */
  public static final int MAX_ENDED = 2_000;

  /** A row may be seen so long after others with higher numbers. */
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

  /** How long a stay was that a row {@code e} of history ended; null if the row before is gone. */
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
   * The tasks in a status that workers look at.
   *
   * @param tasks how many there are
   * @param held how many of them a worker holds
   * @param oldestSince since when the one that has been there longest has been; null if there is
   *     none
   */
  public record Open(long tasks, long held, Instant oldestSince) {}

  /**
   * A stay that has ended.
   *
   * @param number of the row of history that ended it
   * @param provider who makes the model, or took the task out of its queue; {@code -} in a status
   *     of the picture stage, and where nobody is at work
   */
  public record Ended(long number, TaskStatus status, String provider, Duration lasted) {}

  /**
   * How long stays lasted of late.
   *
   * @param provider as in {@link Ended}; {@code -} but where a model is made
   * @param stays how many there were
   * @param p95Seconds nineteen of twenty were no longer
   */
  public record Recent(TaskStatus status, String provider, long stays, double p95Seconds) {}

  /** Stays that ended since then, of the last {@link #MAX_ENDED} changes, where workers look. */
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

  /** Of each status that workers look at; those without tasks included. */
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
   * The stays that a node ended, in no order, at most {@link #MAX_ENDED}; those of the last seconds
   * come with the next call.
   *
   * @param after number of the last row looked at before
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
        .filter(row -> row[3] != null) // the row before it is gone with its task
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
