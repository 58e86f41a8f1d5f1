package io.maquette.task;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
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

  private TaskRows() {}

  /**
   * Locks tasks until the transaction ends, in an order in which nobody waits for another in a
   * circle.
   *
   * @return those that are there, by their ids
   */
  static Map<UUID, Task> lock(EntityManager entities, Collection<UUID> ids) {
    return find(entities, locked(entities, ids, ""));
  }

  /** As above, without those that somebody else has locked: nobody is waited for. */
  static Map<UUID, Task> lockUnlocked(EntityManager entities, Collection<UUID> ids) {
    return find(entities, locked(entities, ids, " skip locked"));
  }

  /** As above, of one; null if it is not there. */
  static Task lock(EntityManager entities, UUID id) {
    return lock(entities, List.of(id)).get(id);
  }

  @SuppressWarnings("unchecked")
  private static List<UUID> locked(EntityManager entities, Collection<UUID> ids, String others) {
    List<UUID> asked = padded(new TreeSet<>(ids));
    Query lock =
        entities.createNativeQuery(
            "select id from task where id in (?"
                + ", ?".repeat(asked.size() - 1)
                + ") order by id for update"
                + others);
    for (int i = 0; i < asked.size(); i++) {
      lock.setParameter(i + 1, asked.get(i));
    }
    return lock.getResultList();
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
