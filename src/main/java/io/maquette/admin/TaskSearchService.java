package io.maquette.admin;

import io.maquette.persistence.Page;
import io.maquette.task.Task;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskException;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.SubmissionLedger;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Read-only service for operators: the tasks of all users. Every list and count is bounded. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class TaskSearchService {

  /** Maximum of every count, and of the offset of a page. */
  public static final int MAX_COUNT = 10_000;

  /** Maximum number of events in a task's details. */
  public static final int MAX_HISTORY = 1_000;

  @PersistenceContext private EntityManager entities;
  @Inject private SubmissionLedger ledger;

  /** Required by the container. */
  public TaskSearchService() {}

  public TaskSearchService(EntityManager entities, SubmissionLedger ledger) {
    this.entities = entities;
    this.ledger = ledger;
  }

  /**
   * Part of a list of tasks.
   *
   * @param rows tasks of this part
   * @param count number of all tasks, counted up to {@link #MAX_COUNT}
   */
  public record Slice(List<TaskRow> rows, int count) {}

  /**
   * Lists tasks, newest first, page by page.
   *
   * @param limit 1 to {@link TaskQueries#MAX_LIMIT}
   * @param after start of the page; null for the first page
   */
  public Page<TaskRow, TaskCursor> list(TaskSearch search, int limit, TaskCursor after) {
    TaskQueries.checkLimit(limit);
    return Page.of(
        rows(ids(search, after, 0, limit + 1)),
        limit,
        last -> new TaskCursor(last.createdAt(), last.id()));
  }

  /**
   * Lists tasks, newest first, from an offset.
   *
   * @param first offset, 0 to {@link #MAX_COUNT}
   * @param limit 1 to {@link TaskQueries#MAX_LIMIT}
   */
  public Slice slice(TaskSearch search, int first, int limit) {
    TaskQueries.checkLimit(limit);
    if (first < 0 || first > MAX_COUNT) {
      throw new IllegalArgumentException("first must be 0 to " + MAX_COUNT + ": " + first);
    }
    List<UUID> found = ids(search, null, first, limit);
    boolean end = found.size() < limit && (first == 0 || !found.isEmpty());
    return new Slice(rows(found), end ? Math.min(first + found.size(), MAX_COUNT) : count(search));
  }

  /** Counts tasks up to {@link #MAX_COUNT}. */
  public int count(TaskSearch search) {
    return query(search, null, "").setMaxResults(MAX_COUNT).getResultList().size();
  }

  /**
   * Lists the ids of tasks, newest first.
   *
   * @param limit 1 to {@link #MAX_COUNT}
   */
  public List<UUID> ids(TaskSearch search, int limit) {
    return ids(search, null, 0, limit);
  }

  private List<UUID> ids(TaskSearch search, TaskCursor after, int first, int limit) {
    return query(search, after, " order by t.createdAt desc, t.id desc")
        .setFirstResult(first)
        .setMaxResults(limit)
        .getResultList();
  }

  private TypedQuery<UUID> query(TaskSearch search, TaskCursor after, String order) {
    StringBuilder jpql = new StringBuilder("select t.id from Task t");
    Map<String, Object> values = new HashMap<>();
    if (!search.modelStatuses().isEmpty()) {
      jpql.append(" join t.model m");
    }
    jpql.append(" where 1 = 1");
    add(jpql, values, " and t.status in :statuses", search.statuses());
    add(jpql, values, " and m.status in :modelStatuses", search.modelStatuses());
    add(jpql, values, " and (t.failedStage = :stage or t.status in :ofStage)", search.stage());
    if (search.stage() != null) {
      values.put("ofStage", TaskStatus.of(search.stage()));
    }
    add(
        jpql,
        values,
        " and exists (select c.id from ProviderCall c where c.taskId = t.id"
            + " and c.provider = :provider)",
        search.provider());
    add(jpql, values, " and t.owner = :owner", search.owner());
    add(jpql, values, " and t.errorCode = :code", search.code());
    add(jpql, values, " and t.createdAt >= :from", search.from());
    add(jpql, values, " and t.createdAt < :before", search.before());
    if (search.text() != null) {
      Set<UUID> named = named(search.text());
      if (named.isEmpty()) {
        add(
            jpql,
            values,
            " and lower(t.prompt) like :text escape '!'",
            "%" + TaskQueries.escape(search.text().toLowerCase(Locale.ROOT)) + "%");
      } else {
        add(jpql, values, " and t.id in :named", named);
      }
    }
    if (after != null) {
      // an index supports only the first comparison, which the second implies
      jpql.append(" and t.createdAt <= :at and (t.createdAt < :at or t.id < :id)");
      values.put("at", after.createdAt());
      values.put("id", after.id());
    }
    TypedQuery<UUID> query = entities.createQuery(jpql.append(order).toString(), UUID.class);
    values.forEach(query::setParameter);
    return query;
  }

  /** Adds a condition and binds its first parameter. */
  private static void add(
      StringBuilder jpql, Map<String, Object> values, String condition, Object value) {
    if (value != null && !Set.of().equals(value)) {
      jpql.append(condition);
      String behind = condition.substring(condition.indexOf(':') + 1);
      values.put(behind.split("\\W", 2)[0], value);
    }
  }

  /**
   * Finds tasks by their id, provider job or request; such texts never count as part of a prompt.
   */
  private Set<UUID> named(String text) {
    Set<UUID> named = new LinkedHashSet<>();
    // two queries, because each id has its own index
    for (String id : List.of("jobId", "requestId")) {
      named.addAll(
          entities
              .createQuery(
                  "select c.taskId from ProviderCall c where c." + id + " = :text", UUID.class)
              .setParameter("text", text)
              .setMaxResults(TaskQueries.MAX_LIMIT)
              .getResultList());
    }
    if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      named.add(UUID.fromString(text));
    }
    return named;
  }

  private List<TaskRow> rows(List<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<UUID, TaskRow> rows = new LinkedHashMap<>();
    ids.forEach(id -> rows.put(id, null));
    entities
        .createQuery("select t from Task t where t.id in :ids", Task.class)
        .setParameter("ids", ids)
        .setHint("eclipselink.left-join-fetch", "t.model")
        .getResultStream()
        .forEach(task -> rows.put(task.id(), TaskRow.of(task)));
    // a task may have been deleted between the two queries
    return rows.values().stream().filter(Objects::nonNull).toList();
  }

  /**
   * Returns all data of a task.
   *
   * @throws TaskException.NotFound if no task has this id
   */
  public TaskDetails details(UUID id) {
    Task task = entities.find(Task.class, id);
    if (task == null) {
      throw new TaskException.NotFound(id);
    }
    List<TaskEvent> history =
        new ArrayList<>(
            entities
                .createQuery(
                    "select e from TaskEvent e where e.taskId = :id order by e.id desc",
                    TaskEvent.class)
                .setParameter("id", id)
                .setMaxResults(MAX_HISTORY)
                .getResultList());
    Collections.reverse(history);
    return TaskDetails.of(task, history, ledger.of(id));
  }
}
