package io.maquette.task.queue;

import io.maquette.persistence.Dialect;
import io.maquette.persistence.Sql;
import io.maquette.task.TaskRepository;
import io.maquette.task.TaskStatus;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Query for the due tasks of one status, oldest first. It skips rows that another transaction has
 * locked. It locks at most the requested number of rows, however many tasks are due.
 */
final class DueTasks {

  private static final String LOCK =
      "select id from task where status = ? and due_at <= current_timestamp"
          + " order by due_at, id limit ? for update skip locked";

  /** Sorts by all columns of the index, because H2 reads the index in order only then. */
  private static final String ORDER = " order by status, due_at, id limit ?";

  private static final String FIRST =
      "select id, due_at from task where status = ? and due_at <= current_timestamp" + ORDER;

  private static final String NEXT =
      "select id, due_at from task where status = ? and due_at <= current_timestamp"
          + " and due_at >= ? and (due_at > ? or id > ?)"
          + ORDER;

  private static final String LOCK_BY_ID =
      "select id from task where status = ? and due_at <= current_timestamp and id in ";

  private static final String EXISTS =
      "select count(*) from (select id from task where status = ?"
          + " and due_at <= current_timestamp limit 1) due";

  private record Due(UUID id, Instant at) {}

  private final EntityManager entities;

  DueTasks(EntityManager entities) {
    this.entities = entities;
  }

  /** Returns whether a task of the status is due, without locking. */
  boolean exist(TaskStatus status) {
    return Sql.number(entities, EXISTS, status) > 0;
  }

  /**
   * Locks due tasks until the transaction ends.
   *
   * @param max maximum number of tasks; positive
   * @return their ids, oldest first
   */
  List<UUID> lock(TaskStatus status, int max) {
    return Sql.dialect(entities) == Dialect.H2
        ? lockById(status, max)
        : ids(LOCK, List.of(status, max));
  }

  /** Reads candidates page by page until enough of them are locked. */
  private List<UUID> lockById(TaskStatus status, int max) {
    List<UUID> locked = new ArrayList<>();
    int wanted = max;
    List<Due> page = page(FIRST, List.of(status, wanted));
    while (!page.isEmpty()) {
      locked.addAll(lockNow(status, page));
      if (page.size() < wanted || locked.size() == max) {
        return locked;
      }
      Due last = page.get(page.size() - 1);
      wanted = max - locked.size();
      page = page(NEXT, List.of(status, last.at(), last.at(), last.id(), wanted));
    }
    return locked;
  }

  /**
   * Locks the candidates that are still due, because another transaction may have changed them
   * meanwhile.
   */
  private List<UUID> lockNow(TaskStatus status, List<Due> candidates) {
    List<UUID> asked = TaskRepository.padded(candidates.stream().map(Due::id).toList());
    List<Object> parameters = new ArrayList<>(List.of(status));
    parameters.addAll(asked);
    List<UUID> locked =
        ids(LOCK_BY_ID + TaskRepository.places(asked) + " for update skip locked", parameters);
    return candidates.stream().map(Due::id).filter(locked::contains).toList();
  }

  private List<UUID> ids(String query, List<?> parameters) {
    return Sql.rows(entities, query, parameters, columns -> columns.getObject(1, UUID.class));
  }

  private List<Due> page(String query, List<?> parameters) {
    return Sql.rows(
        entities,
        query,
        parameters,
        columns ->
            new Due(
                columns.getObject(1, UUID.class),
                columns.getObject(2, OffsetDateTime.class).toInstant()));
  }
}
