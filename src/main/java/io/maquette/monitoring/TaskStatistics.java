package io.maquette.monitoring;

import io.maquette.task.FailureCode;
import io.maquette.task.QueueState;
import io.maquette.task.Stage;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.LikelyCost;
import io.maquette.task.submission.ProviderCall;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Statistics over the tasks of all users. Overview, MBeans, metrics and the overdue monitor share
 * the figures of the last seconds, to limit queries. Except for the counts, each query reads a
 * bounded number of rows.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class TaskStatistics {

  /** Maximum number of status changes that times in status are computed from; the latest count. */
  public static final int MAX_CHANGES = 2_000;

  /** Maximum age of shared figures. */
  private static final Duration SHARED_FOR = Duration.ofSeconds(3);

  /** Slow figures are shared for longer, so that their queries take at most one tenth of time. */
  private static final int SHARE_OF_TIME = 10;

  /** Maximum delay until a row becomes visible after rows with higher numbers. */
  private static final Duration DISORDER = Duration.ofSeconds(5);

  private static final String OLDEST =
      "select t.status, extract(epoch from min("
          + StatusDurations.ENTERED_AT
          + ")) from task t where t.status in "
          + TaskStatus.listed(TaskStatus::isInProgress)
          + " group by t.status";

  private static final String LATEST = ended("");

  private static final String ENDED =
      ended(" and id > ?1 and occurred_at < ?2 and from_status is not null and node = ?3");

  private static final String THROUGHPUT =
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

  /** Returns the query for times in status that ended with the latest matching changes. */
  private static String ended(String condition) {
    return "select e.id, e.from_status, coalesce(m.provider, '-'),"
        + " extract(epoch from e.occurred_at), extract(epoch from (e.occurred_at - "
        + StatusDurations.PREVIOUS_CHANGE
        + ")) from (select id, task_id, from_status, occurred_at from task_event"
        + " where event_type = 'STATUS_CHANGED'"
        + condition
        + " order by id desc limit "
        + MAX_CHANGES
        + ") e left join task_model m on m.task_id = e.task_id"
        + " and e.from_status in ('MODEL_PENDING', 'MODEL_GENERATING')"
        + " where e.from_status is not null";
  }

  @PersistenceContext private EntityManager entities;
  @Inject private TaskQueries queries;
  @Inject private Clock clock;

  private Figures shared;
  private Instant sharedUntil = Instant.MIN;

  /** Required by the container. */
  public TaskStatistics() {}

  public TaskStatistics(EntityManager entities, TaskQueries queries, Clock clock) {
    this.entities = entities;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * Shared figures.
   *
   * @param at time of the queries
   * @param counts number and age of the tasks in each status
   * @param lastHour throughput of the last hour
   * @param failures causes of the last day's failures that no retry has followed
   * @param durations times in status that ended with the last {@link #MAX_CHANGES} changes
   */
  public record Figures(
      Instant at,
      Counts counts,
      Throughput lastHour,
      List<Cause> failures,
      StatusDurations durations) {}

  /**
   * Number and age of tasks.
   *
   * @param tasks number of tasks in each status
   * @param queues queue of each status that workers act on
   * @param oldestSince start of the longest time in each status that workers act on; a status
   *     without tasks is absent
   */
  public record Counts(
      Map<TaskStatus, Long> tasks,
      Map<TaskStatus, QueueState> queues,
      Map<TaskStatus, Instant> oldestSince) {}

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
   * Returns the shared figures. Their maximum age is 3 seconds or ten times the duration of their
   * queries; the longer period applies.
   */
  public synchronized Figures now() {
    Instant now = clock.instant();
    if (shared == null || now.isAfter(sharedUntil) || now.isBefore(shared.at())) {
      shared =
          new Figures(
              now,
              new Counts(queries.counts(), queries.queues(), oldestSince()),
              throughput(now.minus(Duration.ofHours(1))),
              causes(now.minus(Duration.ofDays(1))),
              durations());
      Duration cost = Duration.between(now, clock.instant()).multipliedBy(SHARE_OF_TIME);
      sharedUntil = now.plus(cost.compareTo(SHARED_FOR) > 0 ? cost : SHARED_FOR);
    }
    return shared;
  }

  @SuppressWarnings("unchecked")
  private Map<TaskStatus, Instant> oldestSince() {
    Map<TaskStatus, Instant> oldest = new EnumMap<>(TaskStatus.class);
    List<Object[]> rows = entities.createNativeQuery(OLDEST).getResultList();
    rows.forEach(row -> oldest.put(TaskStatus.valueOf((String) row[0]), time((Number) row[1])));
    return oldest;
  }

  /** Returns the throughput since a time. */
  public Throughput throughput(Instant since) {
    Object[] row =
        (Object[])
            entities
                .createNativeQuery(THROUGHPUT)
                .setParameter(1, since.atOffset(ZoneOffset.UTC))
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

  /** Returns the times in status that ended with the last {@link #MAX_CHANGES} changes. */
  public StatusDurations durations() {
    return new StatusDurations(ended(entities.createNativeQuery(LATEST)));
  }

  /**
   * Lists the times in status that a node ended, unordered, at most {@link #MAX_CHANGES}. Changes
   * of the last 5 seconds follow in the next call, because lower numbers can still become visible.
   *
   * @param after highest event number of the previous call
   */
  public List<StatusDurations.Ended> ended(long after, String node) {
    return ended(
        entities
            .createNativeQuery(ENDED)
            .setParameter(1, after)
            .setParameter(2, clock.instant().minus(DISORDER).atOffset(ZoneOffset.UTC))
            .setParameter(3, node));
  }

  @SuppressWarnings("unchecked")
  private static List<StatusDurations.Ended> ended(Query query) {
    return ((List<Object[]>) query.getResultList())
        .stream()
            .filter(row -> row[4] != null) // the previous event was deleted with its task
            .map(
                row ->
                    new StatusDurations.Ended(
                        number(row[0]),
                        TaskStatus.valueOf((String) row[1]),
                        (String) row[2],
                        time((Number) row[3]),
                        ((Number) row[4]).doubleValue()))
            .toList();
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
  public Optional<ProviderCall> lastFailedSubmission(String provider) {
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
    List<BigDecimal> costs =
        entities
            .createQuery(COSTS, BigDecimal.class)
            .setParameter("provider", provider)
            .setParameter("stage", stage)
            .setParameter("since", lastCall() - CALLS)
            .setMaxResults(TaskQueries.MAX_LIMIT)
            .getResultList();
    return costs.stream()
        .reduce(BigDecimal::add)
        .map(sum -> sum.divide(BigDecimal.valueOf(costs.size()), 4, RoundingMode.HALF_UP))
        .map(
            each ->
                new LikelyCost(
                    provider,
                    submissions,
                    each,
                    each.multiply(BigDecimal.valueOf(submissions)),
                    costs.size()));
  }

  private long lastCall() {
    Long last =
        entities.createQuery("select max(c.id) from ProviderCall c", Long.class).getSingleResult();
    return last == null ? 0 : last;
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  static Instant time(Number epochSeconds) {
    return Instant.EPOCH.plus(
        Math.round(epochSeconds.doubleValue() * 1_000_000), ChronoUnit.MICROS);
  }
}
