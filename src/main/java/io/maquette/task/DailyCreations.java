package io.maquette.task;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.LocalDate;

/**
 * Counts what users create on a day (UTC), in the transaction that creates it. Creations of one
 * user at the same moment wait for one another at the row of the day, so none goes uncounted;
 * deleting a task gives nothing back.
 */
@Stateless
public class DailyCreations {

  @PersistenceContext private EntityManager entities;

  /** For the container. */
  public DailyCreations() {}

  DailyCreations(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Counts one more.
   *
   * @return false, and nothing is counted, if the limit was reached before, or the day has no row
   */
  public boolean count(String owner, LocalDate day, int limit) {
    return entities
            .createNativeQuery(
                "update daily_creation set tasks = tasks + 1"
                    + " where owner = ?1 and created_on = ?2 and tasks < ?3")
            .setParameter(1, owner)
            .setParameter(2, day)
            .setParameter(3, limit)
            .executeUpdate()
        == 1;
  }

  /**
   * Sees to it that the day has a row, in a transaction of its own.
   *
   * @throws jakarta.persistence.PersistenceException if another call does so at this very moment:
   *     then it has one
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void begin(String owner, LocalDate day) {
    entities
        .createNativeQuery(
            "insert into daily_creation (owner, created_on, tasks)"
                + " select cast(?1 as varchar(64)), cast(?2 as date), 0"
                + " where not exists (select 1 from daily_creation"
                + " where owner = ?3 and created_on = ?4)")
        .setParameter(1, owner)
        .setParameter(2, day)
        .setParameter(3, owner)
        .setParameter(4, day)
        .executeUpdate();
  }

  /** Forgets days before this one, and says how many those were. */
  public int forgetBefore(LocalDate day) {
    return entities
        .createNativeQuery("delete from daily_creation where created_on < ?1")
        .setParameter(1, day)
        .executeUpdate();
  }
}
