package io.maquette.task;

import io.maquette.persistence.Page;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Read queries for tasks. Every query for a user's tasks filters by owner, and every list is
 * bounded. The returned tasks are detached and complete, with pictures and model loaded.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class TaskQueries {

  /** Maximum number of rows of a listing. */
  public static final int MAX_LIMIT = 100;

  /** Number of history rows that are searched for completed stages, those of some 4,000 tasks. */
  private static final int RECENT_EVENTS = 50_000;

  /**
   * Selects times as seconds, because drivers return different types for the minimum of timestamps.
   */
  private static final String QUEUES =
      "select status, count(*), count(leased_by),"
          + " extract(epoch from min(updated_at)), extract(epoch from min(due_at))"
          + " from task where status in "
          + TaskStatus.listed(TaskStatus::isInProgress)
          + " group by status";

  private static final String PLACE_FOR_MODEL =
      "select place from (select id, row_number() over (order by "
          + FairOrder.ORDER
          + ") as place from ("
          + FairOrder.WAITING
          + ") waiting) places where id = ?";

  /** Status list of a listing without a status filter. */
  private static final List<TaskStatus> NO_STATUS = Collections.singletonList(null);

  /**
   * Version of a task.
   *
   * @param updatedAt when it last changed visibly
   */
  public record Version(Instant updatedAt, TaskStatus status) {}

  @PersistenceContext private EntityManager entities;

  /** For the container. */
  public TaskQueries() {}

  TaskQueries(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Returns a task of the owner.
   *
   * @throws TaskException.NotFound if no task has this id, or it belongs to another user
   */
  public Task find(String owner, UUID id) {
    return findAll(owner, List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> new TaskException.NotFound(id));
  }

  /**
   * Returns the version of a task without loading pictures or model; empty if the owner has no such
   * task.
   */
  public Optional<Version> version(String owner, UUID id) {
    return entities
        .createNamedQuery(Task.VERSION, Object[].class)
        .setParameter("id", id)
        .setParameter("owner", owner)
        .getResultStream()
        .findFirst()
        .map(row -> new Version((Instant) row[0], (TaskStatus) row[1]));
  }

  /**
   * Lists the owner's tasks, newest first.
   *
   * @param limit 1 to {@link #MAX_LIMIT}
   * @param after cursor of the previous page; null for the first page
   */
  public Page<Task, TaskCursor> list(String owner, TaskFilter filter, int limit, TaskCursor after) {
    checkLimit(limit);
    List<UUID> ids = findIds(owner, filter, limit + 1, after);
    List<Task> found = TaskRepository.inOrder(entities, ids);
    found.forEach(TaskQueries::load);
    return Page.of(found, limit, TaskCursor::after);
  }

  /**
   * Returns the ids of a page. The query reads each status from its own index range, newest first,
   * and no further than the page needs.
   */
  @SuppressWarnings("unchecked")
  private List<UUID> findIds(String owner, TaskFilter filter, int limit, TaskCursor after) {
    List<Object> values = new ArrayList<>();
    String newest = " order by created_at desc, id desc limit " + limit;
    List<String> parts = new ArrayList<>();
    for (TaskStatus status : filter.statuses().isEmpty() ? NO_STATUS : filter.statuses()) {
      StringBuilder part = new StringBuilder("select id, created_at from task where owner = ?");
      values.add(owner);
      if (status != null) {
        part.append(" and status = ?");
        values.add(status.name());
      }
      if (filter.text() != null) {
        part.append(" and lower(prompt) like ? escape '!'");
        values.add("%" + escape(filter.text().toLowerCase(Locale.ROOT)) + "%");
      }
      if (after != null) {
        part.append(" and (created_at, id) < (?, ?)");
        values.add(after.createdAt().atOffset(ZoneOffset.UTC));
        values.add(after.id());
      }
      parts.add("(" + part + newest + ")");
    }
    Query query =
        entities.createNativeQuery(
            "select id from (" + String.join(" union all ", parts) + ") page" + newest);
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return query.getResultList();
  }

  /**
   * Returns several tasks of the owner.
   *
   * @param ids at most {@link #MAX_LIMIT}
   * @return the existing tasks, in no particular order
   */
  public List<Task> findAll(String owner, Collection<UUID> ids) {
    checkLimit(ids.size());
    return TaskRepository.find(entities, ids).values().stream()
        .filter(task -> task.owner().equals(owner))
        .map(TaskQueries::load)
        .toList();
  }

  /**
   * Lists a task's history, oldest first.
   *
   * @param limit 1 to {@link #MAX_LIMIT}
   * @param after number of the row before the page; 0 for the first page
   * @throws TaskException.NotFound if the task does not exist or belongs to another user
   */
  public Page<TaskEvent, Long> history(String owner, UUID id, int limit, long after) {
    checkLimit(limit);
    List<TaskEvent> found =
        entities
            .createNamedQuery(TaskEvent.HISTORY, TaskEvent.class)
            .setParameter("id", id)
            .setParameter("owner", owner)
            .setParameter("after", after)
            .setMaxResults(limit + 1)
            .getResultList();
    if (found.isEmpty()) {
      find(owner, id);
    }
    return Page.of(found, limit, TaskEvent::id);
  }

  /** Returns the number of tasks in each status, over all users. */
  public Map<TaskStatus, Long> counts() {
    Map<TaskStatus, Long> counts = new EnumMap<>(TaskStatus.class);
    for (TaskStatus status : TaskStatus.values()) {
      counts.put(status, 0L);
    }
    entities
        .createNamedQuery(Task.COUNTS, Object[].class)
        .getResultStream()
        .forEach(row -> counts.put((TaskStatus) row[0], (Long) row[1]));
    return counts;
  }

  /** Returns the queue state of each in-progress status, over all users. */
  public Map<TaskStatus, QueueState> queues() {
    Map<TaskStatus, QueueState> queues = new EnumMap<>(TaskStatus.class);
    for (TaskStatus status : TaskStatus.values()) {
      if (status.isInProgress()) {
        queues.put(status, new QueueState(0, 0, null, null));
      }
    }
    @SuppressWarnings("unchecked")
    List<Object[]> rows = entities.createNativeQuery(QUEUES).getResultList();
    for (Object[] row : rows) {
      queues.put(
          TaskStatus.valueOf((String) row[0]),
          new QueueState(
              ((Number) row[1]).longValue(),
              ((Number) row[2]).longValue(),
              instant((BigDecimal) row[3]),
              instant((BigDecimal) row[4])));
    }
    return queues;
  }

  /**
   * Returns a waiting task's place among the tasks in its status, in claim order.
   *
   * @return 1 for the next task, and for a task that no longer waits
   */
  public int placeInQueue(Task task) {
    if (task.status() == TaskStatus.MODEL_PENDING) {
      List<?> place =
          entities.createNativeQuery(PLACE_FOR_MODEL).setParameter(1, task.id()).getResultList();
      return place.isEmpty() ? 1 : ((Number) place.get(0)).intValue();
    }
    return 1
        + entities
            .createNamedQuery(Task.EARLIER_DUE, Long.class)
            .setParameter("status", task.status())
            .setParameter("due", task.dueAt())
            .setParameter("id", task.id())
            .getSingleResult()
            .intValue();
  }

  /**
   * Returns the durations of a stage in the last {@link #MAX_LIMIT} tasks that completed it, over
   * all users. It reads the last {@link #RECENT_EVENTS} rows of history at most: indexes of the
   * times of completion would be written with every change of a task.
   */
  public List<Duration> pastDurations(Stage stage) {
    Long last = entities.createNamedQuery(TaskEvent.LAST, Long.class).getSingleResult();
    if (last == null) {
      return List.of();
    }
    return entities
        .createNamedQuery(
            stage == Stage.IMAGE ? TaskEvent.IMAGE_TIMES : TaskEvent.MODEL_TIMES, Object[].class)
        .setParameter("after", last - RECENT_EVENTS)
        .setMaxResults(MAX_LIMIT)
        .getResultStream()
        .map(row -> Duration.between((Instant) row[0], (Instant) row[1]))
        .toList();
  }

  private static Instant instant(BigDecimal epochSeconds) {
    return Instant.EPOCH.plus(epochSeconds.movePointRight(6).longValue(), ChronoUnit.MICROS);
  }

  private static Task load(Task task) {
    task.images().forEach(TaskImage::file);
    task.model();
    return task;
  }

  public static void checkLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ": " + limit);
    }
  }

  public static String escape(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
