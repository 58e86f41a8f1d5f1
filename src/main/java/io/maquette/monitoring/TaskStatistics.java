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

/** How the work of all users is going. Each figure looks at a bounded part of what there is. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class TaskStatistics {

  /** So many moves are looked at for how long states last. */
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

  /** So many submissions of all are looked at for what is told of one provider. */
  private static final int CALLS = 10_000;

  @PersistenceContext private EntityManager entities;

  /** Required by the container. */
  public TaskStatistics() {}

  public TaskStatistics(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * What was done in some time.
   *
   * @param created tasks
   * @param pictures tasks whose four pictures were completed
   * @param models models that were completed
   * @param failed tasks that failed and have not been tried again
   */
  public record Throughput(long created, long pictures, long models, long failed) {}

  /** How many tasks failed in a stage, and why. */
  public record Cause(Stage stage, FailureCode code, long tasks) {}

  /**
   * How long a state lasts.
   *
   * @param stays how many were looked at
   * @param p50Seconds half of them were no longer
   * @param p95Seconds nineteen of twenty were no longer
   */
  public record Lasting(long stays, double p50Seconds, double p95Seconds) {}

  /** What was done since then. */
  public Throughput since(Instant then) {
    Object[] row =
        (Object[])
            entities
                .createNativeQuery(DONE)
                .setParameter(1, then.atOffset(ZoneOffset.UTC))
                .getSingleResult();
    return new Throughput(number(row[0]), number(row[1]), number(row[2]), number(row[3]));
  }

  /** Why tasks failed since then that have not been tried again, the most frequent cause first. */
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
   * How long states lasted, as the last {@link #MOVES} moves tell; those nobody left are absent.
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

  /** How many model jobs are open at each provider; those with none are absent. */
  @SuppressWarnings("unchecked")
  public Map<String, Long> openJobs() {
    Map<String, Long> open = new HashMap<>();
    List<Object[]> rows = entities.createNativeQuery(OPEN_JOBS).getResultList();
    rows.forEach(row -> open.put((String) row[0], number(row[1])));
    return open;
  }

  /** The last submission to a provider that did not go well, among the last 10,000 of all. */
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
   * What so many submissions to a provider will probably cost, as the last hundred tell that told,
   * among the last 10,000 of all; empty if none told.
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
