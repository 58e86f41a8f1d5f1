package io.maquette.monitoring;

import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.LikelyCost;
import io.maquette.task.submission.ProviderCall;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statistics over the tasks of all users; each query reads a bounded number of rows. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class TaskStatistics {

  /** Number of status changes that the times in status are computed from. */
  public static final int MOVES = 2_000;

  private static final String STAYS =
      "select status, count(*), percentile_cont(0.5) within group (order by seconds),"
          + " percentile_cont(0.95) within group (order by seconds) from ("
          + "select e.from_status as status, cast(extract(epoch from (e.occurred_at -"
          + " (select b.occurred_at from task_event b where b.task_id = e.task_id and b.id < e.id"
          + " and b.event_type = 'STATUS_CHANGED' order by b.id desc limit 1)))"
          + " as double precision) as seconds from (select id, task_id, from_status, occurred_at"
          + " from task_event where event_type = 'STATUS_CHANGED' order by id desc limit "
          + MOVES
          + ") e where e.from_status is not null) stays"
          + " where seconds is not null group by status";

  private static final String DONE =
      "select (select count(*) from task where created_at >= ?1),"
          + " (select count(*) from task where image_generation_completed_at >= ?1),"
          + " (select count(*) from task where model_generation_completed_at >= ?1),"
          + " (select count(*) from task where status = 'FAILED' and failed_at >= ?1)";

  private static final String OPEN_JOBS =
      "select m.provider, count(*) from task t join task_model m on m.task_id = t.id"
          + " where t.status = 'MODEL_GENERATING' and m.provider is not null group by m.provider";

  private static final String LAST_ERROR =
      "select c from ProviderCall c where c.provider = :provider and c.error is not null"
          + " and c.id > :since order by c.id desc";

  private static final String COSTS =
      "select c.credits from ProviderCall c where c.provider = :provider and c.stage = :stage"
          + " and c.credits is not null and c.id > :since order by c.id desc";

  /** Number of latest submissions that statistics of one provider consider. */
  private static final int CALLS = 10_000;

  @PersistenceContext private EntityManager entities;

  /** Required by the container. */
  public TaskStatistics() {}

  public TaskStatistics(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Throughput of a period.
   *
   * @param created number of created tasks
   * @param pictures number of tasks whose four pictures were completed
   * @param models number of completed models
   * @param failed number of failed tasks without a retry
   */
  public record Throughput(long created, long pictures, long models, long failed) {}

  /** Number of failed tasks by stage and reason. */
  public record Cause(Stage stage, FailureCode code, long tasks) {}

  /**
   * Time in one status.
   *
   * @param stays number of measured times
   * @param p50Seconds median
   * @param p95Seconds 95th percentile
   */
  public record Lasting(long stays, double p50Seconds, double p95Seconds) {}

  /** Returns the throughput since a time. */
  public Throughput since(Instant then) {
    Object[] row =
        (Object[])
            entities
                .createNativeQuery(DONE)
                .setParameter(1, then.atOffset(ZoneOffset.UTC))
                .getSingleResult();
    return new Throughput(number(row[0]), number(row[1]), number(row[2]), number(row[3]));
  }

  /** Lists the causes of failures since a time, without retried tasks, most frequent first. */
  public List<Cause> causes(Instant since) {
    return entities
        .createQuery(
            "select t.failedStage, t.errorCode, count(t) from Task t"
                + " where t.status = io.maquette.task.TaskStatus.FAILED and t.failedAt >= :since"
                + " group by t.failedStage, t.errorCode order by count(t) desc",
            Object[].class)
        .setParameter("since", since)
        .getResultStream()
        .map(row -> new Cause((Stage) row[0], (FailureCode) row[1], (Long) row[2]))
        .toList();
  }

  /**
   * Computes the times in status from the last {@link #MOVES} status changes; unused statuses are
   * absent.
   */
  @SuppressWarnings("unchecked")
  public Map<TaskStatus, Lasting> lasting() {
    Map<TaskStatus, Lasting> lasting = new EnumMap<>(TaskStatus.class);
    List<Object[]> rows = entities.createNativeQuery(STAYS).getResultList();
    for (Object[] row : rows) {
      lasting.put(
          TaskStatus.valueOf((String) row[0]),
          new Lasting(
              number(row[1]), ((Number) row[2]).doubleValue(), ((Number) row[3]).doubleValue()));
    }
    return lasting;
  }

  /** Counts the open provider jobs by provider; providers without one are absent. */
  @SuppressWarnings("unchecked")
  public Map<String, Long> openJobs() {
    Map<String, Long> open = new HashMap<>();
    List<Object[]> rows = entities.createNativeQuery(OPEN_JOBS).getResultList();
    rows.forEach(row -> open.put((String) row[0], number(row[1])));
    return open;
  }

  /** Finds the last failed submission to a provider among the last 10,000 submissions of all. */
  public Optional<ProviderCall> lastTrouble(String provider) {
    return entities
        .createQuery(LAST_ERROR, ProviderCall.class)
        .setParameter("provider", provider)
        .setParameter("since", lastCall() - CALLS)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /**
   * Estimates the cost of submissions to a provider. The estimate is the average of the last 100
   * submissions with a known cost, among the last 10,000 of all providers. It is empty if none has
   * a known cost.
   *
   * @param submissions not negative
   */
  public Optional<LikelyCost> likelyCost(String provider, Stage stage, long submissions) {
    List<BigDecimal> told =
        entities
            .createQuery(COSTS, BigDecimal.class)
            .setParameter("provider", provider)
            .setParameter("stage", stage)
            .setParameter("since", lastCall() - CALLS)
            .setMaxResults(TaskQueries.MAX_LIMIT)
            .getResultList();
    return told.stream()
        .reduce(BigDecimal::add)
        .map(sum -> sum.divide(BigDecimal.valueOf(told.size()), 4, RoundingMode.HALF_UP))
        .map(
            each ->
                new LikelyCost(
                    provider,
                    submissions,
                    each,
                    each.multiply(BigDecimal.valueOf(submissions)),
                    told.size()));
  }

  private long lastCall() {
    Long last =
        entities.createQuery("select max(c.id) from ProviderCall c", Long.class).getSingleResult();
    return last == null ? 0 : last;
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
