package io.maquette.task;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The list of files to be deleted from the store. */
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

  /** A claim's step has failed; what it may have stored goes unless it was applied after all. */
  public void leftBy(TaskClaim claim) {
    // in turn with those who take the task from the claim, and list the same
    entities.find(Task.class, claim.taskId(), LockModeType.PESSIMISTIC_WRITE);
    DiscardedFile left = DiscardedFile.allOf(claim.storeScope(), clock.instant());
    if (entities.find(DiscardedFile.class, left.key()) == null) {
      entities.persist(left);
    }
  }

  /**
   * The keys that have waited longest, at most {@code limit}. One that ends with a slash is a scope
   * of the store, where everything goes that no task needs.
   */
  public List<String> oldest(int limit) {
    return entities
        .createQuery(
            "select f.key from DiscardedFile f order by f.discardedAt, f.key", String.class)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Those of some files that no task needs. */
  public List<String> unneeded(List<String> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<String> unneeded = new ArrayList<>(keys);
    for (String query :
        List.of(
            "select i.file.key from TaskImage i where i.file.key in :keys",
            "select m.file.key from TaskModel m where m.file.key in :keys",
            "select m.preview.key from TaskModel m where m.preview.key in :keys")) {
      unneeded.removeAll(
          entities.createQuery(query, String.class).setParameter("keys", keys).getResultList());
    }
    return unneeded;
  }

  /** These files are gone from the store. */
  public void deleted(List<String> keys) {
    if (!keys.isEmpty()) {
      entities
          .createQuery("delete from DiscardedFile f where f.key in :keys")
          .setParameter("keys", keys)
          .executeUpdate();
    }
  }
}
