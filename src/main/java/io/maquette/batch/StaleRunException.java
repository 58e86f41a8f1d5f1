package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** Failure of a run that this node no longer owns: it was abandoned, or restarted elsewhere. */
@ApplicationException(rollback = true)
class StaleRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleRunException(long run) {
    super("run " + run + " no longer belongs to this node");
  }
}
