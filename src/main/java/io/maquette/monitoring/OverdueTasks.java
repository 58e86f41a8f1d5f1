package io.maquette.monitoring;

import io.maquette.cluster.LocalNode;
import io.maquette.option.ModelOptions;
import io.maquette.task.ChangeContext;
import io.maquette.task.Task;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskStatus;
import io.maquette.task.wait.OverdueTask;
import io.maquette.task.wait.WaitReason;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Transactional service for overdue tasks; each call is one short transaction. A row is valid while
 * its task stays in the recorded status.
 */
@Stateless
public class OverdueTasks {

  /** Maximum number of tasks per query; those with the longest time in status come first. */
  public static final int MAX = 500;

  private static final String LONG_RUNNING =
      "select t.id, t.status, m.provider, extract(epoch from "
          + StatusDurations.ENTERED_AT
          + "), case when t.leased_by is null then 0 else 1 end,"
          + " case when m.api_task_id is null then 0 else 1 end, t.failed_attempts,"
          + " extract(epoch from t.due_at), o.waits_for, t.model_providers from task t"
          + " left join task_model m on m.task_id = t.id"
          + " and t.status in ('MODEL_PENDING', 'MODEL_GENERATING')"
          + " left join overdue_task o on o.task_id = t.id and o.status = t.status"
          + " and o.entered_at = "
          + StatusDurations.ENTERED_AT
          + " where t.due_at is not null and (";

  private static final String GONE =
      "delete from overdue_task o where not exists (select 1 from task t where t.id = o.task_id"
          + " and t.status = o.status and o.entered_at = "
          + StatusDurations.ENTERED_AT
          + ")";

  private static final String NOTICE =
      "insert into overdue_task (task_id, status, provider, entered_at, target_seconds, waits_for,"
          + " noticed_at) select t.id, t.status, ?1, "
          + StatusDurations.ENTERED_AT
          + ", ?2, ?3, ?4 from task t where t.id = ?5";

  private static final String LIST =
      "select task_id, status, provider, extract(epoch from entered_at), target_seconds, waits_for"
          + " from overdue_task order by entered_at, task_id limit "
          + MAX;

  @PersistenceContext private EntityManager entities;
  @Inject private TaskEventWriter history;
  @Inject private Clock clock;
  @Inject private LocalNode node;

  /** Required by the container. */
  public OverdueTasks() {}

  public OverdueTasks(
      EntityManager entities, TaskEventWriter history, Clock clock, LocalNode node) {
    this.entities = entities;
    this.history = history;
    this.clock = clock;
    this.node = node;
  }

  /** Number of tasks with the same status, provider and wait reason. */
  public record Group(TaskStatus status, String provider, WaitReason waitsFor, long tasks) {}

  /** Deletes the rows of tasks that have moved on, and returns their number. */
  public int deleteGone() {
    return entities.createNativeQuery(GONE).executeUpdate();
  }

  /**
   * Lists tasks with a long time in status, the longest first, at most {@link #MAX}.
   *
   * @param longerThan minimum time per status; at least one entry
   */
  @SuppressWarnings("unchecked")
  public List<LongRunningTask> longRunning(Map<TaskStatus, Duration> longerThan) {
    Instant now = clock.instant();
    StringBuilder sql = new StringBuilder(LONG_RUNNING);
    List<Object> values = new ArrayList<>();
    for (Map.Entry<TaskStatus, Duration> one : longerThan.entrySet()) {
      sql.append(values.isEmpty() ? "" : " or ")
          .append("t.status = ?")
          .append(values.size() + 1)
          .append(" and ")
          .append(StatusDurations.ENTERED_AT)
          .append(" < ?")
          .append(values.size() + 2);
      values.add(one.getKey().name());
      values.add(now.minus(one.getValue()).atOffset(ZoneOffset.UTC));
    }
    sql.append(") order by ")
        .append(StatusDurations.ENTERED_AT)
        .append(", t.id limit ")
        .append(MAX);
    Query query = entities.createNativeQuery(sql.toString());
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return ((List<Object[]>) query.getResultList())
        .stream()
            .map(
                row ->
                    new LongRunningTask(
                        (UUID) row[0],
                        TaskStatus.valueOf((String) row[1]),
                        (String) row[2],
                        TaskStatistics.time((Number) row[3]),
                        ((Number) row[4]).intValue() == 1,
                        ((Number) row[5]).intValue() == 1,
                        ((Number) row[6]).intValue(),
                        TaskStatistics.time((Number) row[7]),
                        row[8] == null ? null : WaitReason.valueOf((String) row[8]),
                        ModelOptions.namesIn((String) row[9])))
            .toList();
  }

  /**
   * Records that a task is overdue, in its history too. Does nothing if the task has moved on. If a
   * row exists, only its wait reason changes, without an event.
   */
  public void notice(OverdueTask overdue) {
    Task task = entities.find(Task.class, overdue.task(), LockModeType.PESSIMISTIC_WRITE);
    if (task == null || task.status() != overdue.status()) {
      return;
    }
    boolean known =
        entities
                .createNativeQuery(
                    "update overdue_task o set waits_for = ?1 where o.task_id = ?2 and exists"
                        + " (select 1 from task t where t.id = o.task_id and t.status = o.status"
                        + " and o.entered_at = "
                        + StatusDurations.ENTERED_AT
                        + ")")
                .setParameter(1, overdue.waitsFor().name())
                .setParameter(2, overdue.task())
                .executeUpdate()
            == 1;
    if (known) {
      return;
    }
    Instant now = clock.instant();
    entities
        .createNativeQuery("delete from overdue_task where task_id = ?1")
        .setParameter(1, overdue.task())
        .executeUpdate();
    entities
        .createNativeQuery(NOTICE)
        .setParameter(1, overdue.provider())
        .setParameter(2, overdue.target().toMillis() / 1000.0)
        .setParameter(3, overdue.waitsFor().name())
        .setParameter(4, now.atOffset(ZoneOffset.UTC))
        .setParameter(5, overdue.task())
        .executeUpdate();
    task.reportOverdue(overdue.detail(), new ChangeContext("watch", node.name(), now));
    history.write(task);
  }

  /** Lists the recorded overdue tasks, longest time in status first, at most {@link #MAX}. */
  @SuppressWarnings("unchecked")
  public List<OverdueTask> list() {
    List<Object[]> rows = entities.createNativeQuery(LIST).getResultList();
    return rows.stream()
        .map(
            row ->
                new OverdueTask(
                    (UUID) row[0],
                    TaskStatus.valueOf((String) row[1]),
                    (String) row[2],
                    TaskStatistics.time((Number) row[3]),
                    Duration.ofMillis(Math.round(((Number) row[4]).doubleValue() * 1000)),
                    WaitReason.valueOf((String) row[5])))
        .toList();
  }

  /** Counts the recorded tasks by status, provider and wait reason. */
  @SuppressWarnings("unchecked")
  public List<Group> groups() {
    List<Object[]> rows =
        entities
            .createNativeQuery(
                "select status, provider, waits_for, count(*) from overdue_task"
                    + " group by status, provider, waits_for order by count(*) desc, waits_for")
            .getResultList();
    return rows.stream()
        .map(
            row ->
                new Group(
                    TaskStatus.valueOf((String) row[0]),
                    (String) row[1],
                    WaitReason.valueOf((String) row[2]),
                    ((Number) row[3]).longValue()))
        .toList();
  }
}
