package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** The run is no longer this node's: it was given up for dead, or started again elsewhere. */
@ApplicationException(rollback = true)
class StaleRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleRunException(long run) {
    super("run " + run + " is no longer this node's");
  }
}
