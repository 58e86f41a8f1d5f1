package io.maquette.task;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** List of the store files that wait for deletion. */
@Stateless
public class DiscardedFiles {

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;

  /** For the container. */
  public DiscardedFiles() {}

  DiscardedFiles(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * Lists the store scope of a claim whose step failed. Files in it that a task needs are kept,
   * because the result may have been applied.
   */
  public void leftBy(TaskClaim claim) {
    // the lock makes this wait for a transaction that takes the task over and lists the same scope
    entities.find(Task.class, claim.taskId(), LockModeType.PESSIMISTIC_WRITE);
    DiscardedFile left = DiscardedFile.allOf(claim.storeScope(), clock.instant());
    if (entities.find(DiscardedFile.class, left.key()) == null) {
      entities.persist(left);
    }
  }

  /**
   * Returns the keys that have waited longest, at most {@code limit}. A key that ends with a slash
   * is a scope of the store; all files in it that no task needs are deleted.
   */
  public List<String> oldest(int limit) {
    return entities
        .createNamedQuery(DiscardedFile.OLDEST_KEYS, String.class)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Returns those of the given keys that no task needs. */
  public List<String> unneeded(List<String> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<String> unneeded = new ArrayList<>(keys);
    for (String query : List.of(TaskImage.FILE_KEYS, TaskModel.FILE_KEYS, TaskModel.PREVIEW_KEYS)) {
      unneeded.removeAll(
          entities
              .createNamedQuery(query, String.class)
              .setParameter("keys", keys)
              .getResultList());
    }
    return unneeded;
  }

  /** Removes the keys from the list, because the store has deleted the files. */
  public void deleted(List<String> keys) {
    if (!keys.isEmpty()) {
      entities.createNamedQuery(DiscardedFile.DELETE).setParameter("keys", keys).executeUpdate();
    }
  }
}
