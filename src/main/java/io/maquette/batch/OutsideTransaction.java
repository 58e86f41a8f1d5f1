package io.maquette.batch;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.Callable;

/**
 * Steps out of the transaction that the server's batch runtime has open around a chunk, so that
 * what is read has a transaction of its own and what takes time has none.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OutsideTransaction {

  /** Does some work and returns what it does. */
  public <T> T call(Callable<T> work) throws Exception {
    return work.call();
  }
}
