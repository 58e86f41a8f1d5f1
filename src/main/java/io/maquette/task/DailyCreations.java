package io.maquette.task;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.LocalDate;

/**
 * Counter of the tasks that each user creates on a day (UTC). It counts in the transaction that
 * creates the task. Concurrent creations of one user wait for the lock on the row of the day, so
 * each one is counted. Deleting a task does not lower the count.
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
   * Adds one to the count of a day.
   *
   * @return false if the limit is reached or the day has no row; then nothing is counted
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
   * Inserts the row of a day if it is missing, in a separate transaction.
   *
   * @throws jakarta.persistence.PersistenceException if a concurrent call inserts the same row;
   *     then the row exists
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

  /** Deletes the counts of days before the given one and returns the number of deleted rows. */
  public int forgetBefore(LocalDate day) {
    return entities
        .createNativeQuery("delete from daily_creation where created_on < ?1")
        .setParameter(1, day)
        .executeUpdate();
  }
}
