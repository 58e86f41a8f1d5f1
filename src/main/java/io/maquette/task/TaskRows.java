package io.maquette.task;

import io.maquette.persistence.Sql;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Bulk access to task rows: one statement for the rows, and a second one for the pictures if
 * needed.
 */
public final class TaskRows {

  /** Locked task row with only the columns that show whether a claim is still valid. */
  public record Locked(TaskStatus status, long fence, Instant updatedAt) {

    /** Returns a context for a change now; every visible change advances {@code updatedAt}. */
    public ChangeContext after(ChangeContext by) {
      return by.notBefore(updatedAt.plus(1, ChronoUnit.MICROS));
    }
  }

  private TaskRows() {}

  /**
   * Locks tasks until the transaction ends, in the order of their ids to avoid deadlocks.
   *
   * @return the existing tasks, by id
   */
  public static Map<UUID, Locked> lock(EntityManager entities, Collection<UUID> ids) {
    return lock(entities, ids, "");
  }

  /**
   * Locks tasks like {@link #lock(EntityManager, Collection)}, but skips rows that another
   * transaction has locked.
   */
  public static Map<UUID, Locked> lockUnlocked(EntityManager entities, Collection<UUID> ids) {
    return lock(entities, ids, " skip locked");
  }

  /** Locks and loads a task; returns null if it does not exist. */
  static Task lock(EntityManager entities, UUID id) {
    return find(entities, lock(entities, List.of(id)).keySet()).get(id);
  }

  private static Map<UUID, Locked> lock(
      EntityManager entities, Collection<UUID> ids, String others) {
    List<UUID> asked = padded(new TreeSet<>(ids));
    Map<UUID, Locked> locked = new LinkedHashMap<>();
    Sql.rows(
            entities,
            "select id, status, fence, updated_at from task where id in "
                + places(asked)
                + " order by id for update"
                + others,
            asked,
            columns ->
                Map.entry(
                    columns.getObject(1, UUID.class),
                    new Locked(
                        TaskStatus.valueOf(columns.getString(2)),
                        columns.getLong(3),
                        columns.getObject(4, OffsetDateTime.class).toInstant())))
        .forEach(row -> locked.put(row.getKey(), row.getValue()));
    return locked;
  }

  /**
   * Releases tasks unchanged until their due times, in one statement, and ends the claims on them.
   *
   * @param dues due time of each task; the tasks are locked, and there is at least one
   */
  public static void putOff(EntityManager entities, Map<UUID, Instant> dues) {
    List<UUID> ids = padded(dues.keySet());
    List<Object> parameters = new ArrayList<>();
    for (UUID id : ids) {
      parameters.add(id);
      parameters.add(dues.get(id));
    }
    parameters.addAll(ids);
    Sql.update(
        entities,
        "update task set leased_by = null, abandoned = 0, fence = fence + 1,"
            + " version = version + 1, due_at = case id"
            + " when ? then cast(? as timestamp(6) with time zone)".repeat(ids.size())
            + " end where id in "
            + places(ids),
        parameters);
  }

  /**
   * Returns tasks with their models by id; the first access to pictures loads them for all tasks.
   */
  public static Map<UUID, Task> find(EntityManager entities, Collection<UUID> ids) {
    return find(entities, Task.WHOLE, ids);
  }

  /** Returns tasks with their models and pictures by id, in one statement. */
  public static Map<UUID, Task> findWithImages(EntityManager entities, Collection<UUID> ids) {
    return find(entities, Task.WITH_IMAGES, ids);
  }

  private static Map<UUID, Task> find(
      EntityManager entities, String query, Collection<UUID> ids) {
    Map<UUID, Task> found = new LinkedHashMap<>();
    if (!ids.isEmpty()) {
      entities
          .createNamedQuery(query, Task.class)
          .setParameter("ids", padded(ids))
          .getResultList()
          .forEach(task -> found.put(task.id(), task));
    }
    return found;
  }

  /** Returns the tasks in the order of the ids, without those that no longer exist. */
  public static List<Task> inOrder(EntityManager entities, List<UUID> ids) {
    Map<UUID, Task> found = find(entities, ids);
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** Returns the SQL parameter list for {@link #padded} values. */
  public static String places(List<?> padded) {
    return "(?" + ", ?".repeat(padded.size() - 1) + ")";
  }

  /**
   * Pads a list to a power of two by repeating the last value. Few lengths mean few statements,
   * which stay prepared.
   */
  public static <T> List<T> padded(Collection<T> values) {
    List<T> padded = new ArrayList<>(values);
    T last = padded.get(padded.size() - 1);
    while (Integer.bitCount(padded.size()) != 1) {
      padded.add(last);
    }
    return padded;
  }
}
