package io.maquette.batch;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.Callable;

/**
 * Executor of work outside the transaction that the server's batch runtime opens around a chunk.
 * Reads then use separate transactions, and slow work uses none.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OutsideTransaction {

  /** Runs work and returns its result. */
  public <T> T call(Callable<T> work) throws Exception {
    return work.call();
  }
}
