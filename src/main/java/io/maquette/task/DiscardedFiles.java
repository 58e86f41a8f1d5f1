package io.maquette.task;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** The list of files to be deleted from the store. */
@Stateless
public class DiscardedFiles {

  @PersistenceContext private EntityManager entities;

  /** For the container. */
  public DiscardedFiles() {}

  DiscardedFiles(EntityManager entities) {
    this.entities = entities;
  }

  /** The keys that have waited longest, at most {@code limit}. */
  public List<String> oldest(int limit) {
    return entities
        .createQuery(
            "select f.key from DiscardedFile f order by f.discardedAt, f.key", String.class)
        .setMaxResults(limit)
        .getResultList();
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
