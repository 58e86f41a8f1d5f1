package io.maquette.task;

import io.maquette.platform.Node;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Removes what has become old, while everything goes on: each call is one short transaction that
 * removes a bounded number of rows and waits for nobody. Whoever calls goes on from where the call
 * before ended, until it says that there is no more.
 *
 * <p>A removed task leaves what a deleted one leaves: a row in the history that says so, its files
 * in the list of those to be deleted, and its submissions in the ledger.
 */
@Stateless
public class Purge {

  /** How many tasks one call looks at. */
  public static final int AT_ONCE = 100;

  private static final int ROWS_AT_ONCE = 1000;

  private static final String OLD_TASKS =
      "select t.id, t.createdAt, t.status, t.updatedAt from Task t where t.createdAt < :before"
          + " and t.createdAt >= :from and (t.createdAt > :from or t.id > :id)"
          + " order by t.createdAt, t.id";

  private static final UUID FIRST = new UUID(0, 0);

  /** Who removes, as the history has it. */
  private static final String ACTOR = "maintenance";

  @PersistenceContext private EntityManager entities;
  @Inject private TaskHistory history;
  @Inject private Clock clock;
  @Inject private Node node;

  /** For the container. */
  public Purge() {}

  Purge(EntityManager entities, TaskHistory history, Clock clock, Node node) {
    this.entities = entities;
    this.history = history;
    this.clock = clock;
    this.node = node;
  }

  /**
   * How far a call came.
   *
   * @param removed how many rows it removed
   * @param next where to go on; null if nothing old is left behind that
   */
  public record Progress<C>(int removed, C next) {}

  /**
   * Removes the oldest tasks that nobody works on, and that have not changed since.
   *
   * @param before tasks that changed visibly at this time or later stay
   * @param statuses which ones are removed; none of them in progress
   * @param from where the call before came; null for the first
   * @throws IllegalArgumentException if tasks in progress were to be removed
   */
  public Progress<TaskCursor> tasks(Instant before, Set<TaskStatus> statuses, TaskCursor from) {
    if (statuses.stream().anyMatch(TaskStatus::isInProgress)) {
      throw new IllegalArgumentException("somebody works on these: " + statuses);
    }
    List<Object[]> rows =
        entities
            .createQuery(OLD_TASKS, Object[].class)
            .setParameter("before", before)
            .setParameter("from", from == null ? Instant.EPOCH : from.createdAt())
            .setParameter("id", from == null ? FIRST : from.id())
            .setMaxResults(AT_ONCE)
            .getResultList();
    List<UUID> candidates = new ArrayList<>();
    TaskCursor last = null;
    for (Object[] row : rows) {
      last = new TaskCursor((Instant) row[1], (UUID) row[0]);
      if (statuses.contains((TaskStatus) row[2]) && ((Instant) row[3]).isBefore(before)) {
        candidates.add(last.id());
      }
    }
    int removed = candidates.isEmpty() ? 0 : remove(candidates, statuses, before);
    return new Progress<>(removed, rows.size() < AT_ONCE ? null : last);
  }

  /** One that is being changed at this moment is left to the next time. */
  private int remove(Collection<UUID> candidates, Set<TaskStatus> statuses, Instant before) {
    Change by = new Change(ACTOR, node.name(), clock.instant());
    List<Task> tasks =
        TaskRows.lockUnlessLocked(entities, candidates).values().stream()
            .filter(task -> statuses.contains(task.status()) && task.updatedAt().isBefore(before))
            .toList();
    tasks.forEach(
        task -> {
          task.discardFiles(by);
          entities.remove(task);
        });
    history.writeDeletions(tasks, null, by);
    return tasks.size();
  }

  /**
   * Forgets tasks that were deleted: the rows that said so go.
   *
   * @param before what was deleted at this time or later stays told
   * @param from number of the last row the call before looked at; 0 for the first
   */
  public Progress<Long> deletions(Instant before, long from) {
    List<Object[]> rows =
        entities
            .createQuery(
                "select e.id, e.type, e.at from TaskEvent e where e.id > :from order by e.id",
                Object[].class)
            .setParameter("from", from)
            .setMaxResults(ROWS_AT_ONCE)
            .getResultList();
    List<Long> old = new ArrayList<>();
    Long next = null;
    for (Object[] row : rows) {
      if (!((Instant) row[2]).isBefore(before)) {
        next = null;
        break;
      }
      next = (Long) row[0];
      if (row[1] == TaskEvent.Type.DELETED) {
        old.add(next);
      }
    }
    if (!old.isEmpty()) {
      entities
          .createQuery("delete from TaskEvent e where e.id in :old")
          .setParameter("old", old)
          .executeUpdate();
    }
    return new Progress<>(old.size(), rows.size() < ROWS_AT_ONCE ? null : next);
  }
}
