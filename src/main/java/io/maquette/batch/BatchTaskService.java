package io.maquette.batch;

import io.maquette.cluster.LocalNode;
import io.maquette.option.ImageOptions;
import io.maquette.task.ChangeContext;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskAction;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskStatus;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Transactional service for batch work on the tasks of all users. Each list continues after an id.
 * A walk over all tasks therefore misses none and returns none twice, also while tasks change.
 */
@Stateless
public class BatchTaskService {

  /** Statuses that no worker acts on until the owner starts a further action. */
  private static final Set<TaskStatus> FINISHED =
      EnumSet.of(TaskStatus.MODEL_COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED);

  @PersistenceContext private EntityManager entities;
  @Inject private TaskEventWriter history;
  @Inject private Clock clock;
  @Inject private LocalNode node;

  /** Required by the container. */
  public BatchTaskService() {}

  public BatchTaskService(
      EntityManager entities, TaskEventWriter history, Clock clock, LocalNode node) {
    this.entities = entities;
    this.history = history;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Creates a task. The caller enforces the limits of the queue.
   *
   * @param prompt trimmed and checked
   * @param options options of the pictures, which the provider accepts
   * @param actor name of the actor, as in {@link ChangeContext}
   */
  public Task create(String owner, String prompt, ImageOptions options, String actor) {
    Task task = Task.create(UUID.randomUUID(), owner, prompt, options, by(actor));
    entities.persist(task);
    history.write(task);
    return task;
  }

  /**
   * Lists failed tasks in the order of their ids.
   *
   * @param after last id of the previous page; null for the first page
   * @param limit 1 to {@link TaskQueries#MAX_LIMIT}
   */
  public List<FailedTask> failures(RedriveOrder.Filter filter, UUID after, int limit) {
    TaskQueries.checkLimit(limit);
    String select =
        "select new "
            + FailedTask.class.getName()
            + "(t.id, t.owner, t.failedStage, t.errorCode, t.failedAt)";
    return filtered(select, filter, after, " order by t.id", FailedTask.class)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Counts the failed tasks that match a filter. */
  public long countFailures(RedriveOrder.Filter filter) {
    return filtered("select count(t)", filter, null, "", Long.class).getSingleResult();
  }

  private <T> TypedQuery<T> filtered(
      String select, RedriveOrder.Filter filter, UUID after, String order, Class<T> type) {
    StringBuilder jpql = new StringBuilder(select);
    jpql.append(" from Task t where t.status = io.maquette.task.TaskStatus.FAILED");
    append(jpql, after, " and t.id > :after");
    append(jpql, filter.stage(), " and t.failedStage = :stage");
    append(jpql, filter.code(), " and t.errorCode = :code");
    append(jpql, filter.owner(), " and t.owner = :owner");
    append(jpql, filter.from(), " and t.failedAt >= :from");
    append(jpql, filter.before(), " and t.failedAt < :before");
    append(
        jpql,
        filter.provider(),
        " and exists (select c from ProviderCall c where c.provider = :provider and c.id = (select"
            + " max(l.id) from ProviderCall l where l.taskId = t.id and l.stage = t.failedStage))");
    TypedQuery<T> query = entities.createQuery(jpql.append(order).toString(), type);
    set(query, "after", after);
    set(query, "stage", filter.stage());
    set(query, "code", filter.code());
    set(query, "owner", filter.owner());
    set(query, "from", filter.from());
    set(query, "before", filter.before());
    set(query, "provider", filter.provider());
    return query;
  }

  private static void append(StringBuilder jpql, Object value, String condition) {
    if (value != null) {
      jpql.append(condition);
    }
  }

  private static void set(TypedQuery<?> query, String name, Object value) {
    if (value != null) {
      query.setParameter(name, value);
    }
  }

  /**
   * Retries a task if it still matches the filter.
   *
   * @param from stage to retry; null for the failed stage
   * @param actor name of the actor
   */
  public Retried retry(UUID id, RedriveOrder.Filter filter, Stage from, String actor) {
    Task task = entities.find(Task.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (task == null || !filter.meets(task)) {
      return Retried.MOVED_ON;
    }
    boolean images = (from == null ? task.failedStage() : from) == Stage.IMAGE;
    TaskAction wanted = images ? TaskAction.RETRY_IMAGES : TaskAction.RETRY_MODEL;
    if (!task.allowedActions().contains(wanted)) {
      return images ? Retried.OWN_PICTURE : Retried.NO_PICTURE;
    }
    if (images) {
      task.retryImages(by(actor));
    } else {
      task.retryModel(by(actor));
    }
    history.write(task);
    return images ? Retried.IMAGES : Retried.MODEL;
  }

  /**
   * Lists the ids of finished tasks (completed, failed or cancelled) without recent changes, in
   * ascending order.
   *
   * @param after last id of the previous page; null for the first page
   * @param limit 1 to {@link TaskQueries#MAX_LIMIT}
   */
  public List<UUID> finished(Instant unchangedSince, UUID after, int limit) {
    TaskQueries.checkLimit(limit);
    TypedQuery<UUID> query =
        entities
            .createQuery(
                "select t.id from Task t where t.status in :finished and t.updatedAt < :since"
                    + (after == null ? "" : " and t.id > :after")
                    + " order by t.id",
                UUID.class)
            .setParameter("finished", FINISHED)
            .setParameter("since", unchangedSince)
            .setMaxResults(limit);
    set(query, "after", after);
    return query.getResultList();
  }

  /** Counts the finished tasks without recent changes. */
  public long countFinished(Instant unchangedSince) {
    return entities
        .createQuery(
            "select count(t) from Task t where t.status in :finished and t.updatedAt < :since",
            Long.class)
        .setParameter("finished", FINISHED)
        .setParameter("since", unchangedSince)
        .getSingleResult();
  }

  /**
   * Deletes a finished task with its rows and files, unless it has changed meanwhile.
   *
   * @param actor name of the actor
   * @return whether the task was deleted
   */
  public boolean removeFinished(UUID id, Instant unchangedSince, String actor) {
    Task task = entities.find(Task.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (task == null
        || !FINISHED.contains(task.status())
        || !task.updatedAt().isBefore(unchangedSince)) {
      return false;
    }
    ChangeContext by = by(actor);
    task.discardFiles(by);
    entities.remove(task);
    history.writeDeletion(task, null, by);
    return true;
  }

  /**
   * Lists the numbers of deletion events before a time, in ascending order.
   *
   * @param after last number of the previous page; 0 for the first page
   * @param limit 1 to {@link TaskQueries#MAX_LIMIT}
   */
  public List<Long> deletions(Instant before, long after, int limit) {
    TaskQueries.checkLimit(limit);
    return entities
        .createQuery(
            "select e.id from TaskEvent e where e.type = :deleted and e.at < :before"
                + " and e.id > :after order by e.id",
            Long.class)
        .setParameter("deleted", TaskEvent.Type.DELETED)
        .setParameter("before", before)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * Deletes a deletion event and the submissions of its task. By then, readers of the change log
   * have seen the event, and the cost of the submissions is no longer of interest.
   */
  public void forgetDeletion(long number) {
    entities
        .createQuery(
            "delete from ProviderCall c where c.taskId in (select e.taskId from TaskEvent e"
                + " where e.id = :number and e.type = :deleted)")
        .setParameter("number", number)
        .setParameter("deleted", TaskEvent.Type.DELETED)
        .executeUpdate();
    entities
        .createQuery("delete from TaskEvent e where e.id = :number and e.type = :deleted")
        .setParameter("number", number)
        .setParameter("deleted", TaskEvent.Type.DELETED)
        .executeUpdate();
  }

  private ChangeContext by(String actor) {
    return new ChangeContext(actor, node.name(), clock.instant());
  }

  /** Failed task in a list for operators. */
  public record FailedTask(
      UUID taskId, String owner, Stage stage, FailureCode code, Instant failedAt) {}
}
