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

/** Several tasks at once: their rows in one statement, their pictures in another where needed. */
public final class TaskRows {

  /**
   * A task that is locked, of which no more has been read than tells whether a claim still holds.
   */
  public record Locked(TaskStatus status, long fence, Instant updatedAt) {

    /** When a change is made now: every visible one moves the task's time on. */
    public ChangeContext after(ChangeContext by) {
      return by.notBefore(updatedAt.plus(1, ChronoUnit.MICROS));
    }
  }

  private TaskRows() {}

  /**
   * Locks tasks until the transaction ends, in an order in which nobody waits for another in a
   * circle.
   *
   * @return those that are there, by their ids
   */
  public static Map<UUID, Locked> lock(EntityManager entities, Collection<UUID> ids) {
    return lock(entities, ids, "");
  }

  /** As above, without those that somebody else has locked: nobody is waited for. */
  public static Map<UUID, Locked> lockUnlocked(EntityManager entities, Collection<UUID> ids) {
    return lock(entities, ids, " skip locked");
  }

  /** Locks a task and reads all of it; null if it is not there. */
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
   * Gives tasks back as they are, all in one statement, and ends the claims on them.
   *
   * @param dues when each shall be looked at again; they are locked, and at least one
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

  /** Tasks with their models; pictures come for all at once when the first ones are asked for. */
  public static Map<UUID, Task> find(EntityManager entities, Collection<UUID> ids) {
    Map<UUID, Task> found = new LinkedHashMap<>();
    if (!ids.isEmpty()) {
      entities
          .createNamedQuery(Task.WHOLE, Task.class)
          .setParameter("ids", padded(ids))
          .getResultList()
          .forEach(task -> found.put(task.id(), task));
    }
    return found;
  }

  /** The same in the order of their ids; what is not there any more is left out. */
  public static List<Task> inOrder(EntityManager entities, List<UUID> ids) {
    Map<UUID, Task> found = find(entities, ids);
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** The places of ids in a statement, which are {@link #padded}. */
  public static String places(List<?> padded) {
    return "(?" + ", ?".repeat(padded.size() - 1) + ")";
  }

  /** A few lengths make a few statements, which stay prepared. */
  public static <T> List<T> padded(Collection<T> values) {
    List<T> padded = new ArrayList<>(values);
    T last = padded.get(padded.size() - 1);
    while (Integer.bitCount(padded.size()) != 1) {
      padded.add(last);
    }
    return padded;
  }
}
