package io.maquette.task;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
final class TaskRows {

  /**
   * A task that is locked, of which no more has been read than tells whether a claim still holds.
   */
  record Locked(TaskStatus status, long fence, Instant updatedAt) {

    /** When a change is made now: every visible one moves the task's time on. */
    Change after(Change by) {
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
  static Map<UUID, Locked> lock(EntityManager entities, Collection<UUID> ids) {
    return lock(entities, ids, "");
  }

  /** As above, without those that somebody else has locked: nobody is waited for. */
  static Map<UUID, Locked> lockUnlocked(EntityManager entities, Collection<UUID> ids) {
    return lock(entities, ids, " skip locked");
  }

  /** Locks a task and reads all of it; null if it is not there. */
  static Task lock(EntityManager entities, UUID id) {
    return find(entities, lock(entities, List.of(id)).keySet()).get(id);
  }

  @SuppressWarnings("unchecked")
  private static Map<UUID, Locked> lock(
      EntityManager entities, Collection<UUID> ids, String others) {
    List<UUID> asked = padded(new TreeSet<>(ids));
    Query lock =
        entities.createNativeQuery(
            "select id, status, fence, updated_at from task where id in (?"
                + ", ?".repeat(asked.size() - 1)
                + ") order by id for update"
                + others);
    for (int i = 0; i < asked.size(); i++) {
      lock.setParameter(i + 1, asked.get(i));
    }
    Map<UUID, Locked> locked = new LinkedHashMap<>();
    for (Object[] row : (List<Object[]>) lock.getResultList()) {
      locked.put(
          (UUID) row[0],
          new Locked(
              TaskStatus.valueOf((String) row[1]), ((Number) row[2]).longValue(), time(row[3])));
    }
    return locked;
  }

  /** A column's time, as either driver gives it. */
  private static Instant time(Object column) {
    return column instanceof Timestamp timestamp
        ? timestamp.toInstant()
        : ((OffsetDateTime) column).toInstant();
  }

  /**
   * Gives tasks back as they are, all in one statement, and ends the claims on them.
   *
   * @param dues when each shall be looked at again; they are locked, and at least one
   */
  static void putOff(EntityManager entities, Map<UUID, Instant> dues) {
    List<UUID> ids = padded(dues.keySet());
    Query update =
        entities.createNativeQuery(
            "update task set leased_by = null, abandoned = 0, fence = fence + 1,"
                + " version = version + 1, due_at = case id"
                + " when ? then cast(? as timestamp(6) with time zone)".repeat(ids.size())
                + " end where id in (?"
                + ", ?".repeat(ids.size() - 1)
                + ")");
    for (int i = 0; i < ids.size(); i++) {
      update.setParameter(2 * i + 1, ids.get(i));
      update.setParameter(2 * i + 2, dues.get(ids.get(i)).atOffset(ZoneOffset.UTC));
      update.setParameter(2 * ids.size() + i + 1, ids.get(i));
    }
    update.executeUpdate();
  }

  /** Tasks with their models; pictures come for all at once when the first ones are asked for. */
  static Map<UUID, Task> find(EntityManager entities, Collection<UUID> ids) {
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
  static List<Task> inOrder(EntityManager entities, List<UUID> ids) {
    Map<UUID, Task> found = find(entities, ids);
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** A few lengths make a few statements, which stay prepared. */
  static <T> List<T> padded(Collection<T> values) {
    List<T> padded = new ArrayList<>(values);
    T last = padded.get(padded.size() - 1);
    while (Integer.bitCount(padded.size()) != 1) {
      padded.add(last);
    }
    return padded;
  }
}
