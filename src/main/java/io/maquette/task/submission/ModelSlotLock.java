package io.maquette.task.submission;

import io.maquette.persistence.Sql;
import jakarta.persistence.EntityManager;

/** Row lock that serialises decisions on model providers over all nodes. */
public final class ModelSlotLock {

  private ModelSlotLock() {}

  /** Waits for the lock; the end of the transaction releases it. */
  public static void acquire(EntityManager entities) {
    Sql.number(entities, "select 1 from worker_gate where name = 'MODEL' for update");
  }
}
