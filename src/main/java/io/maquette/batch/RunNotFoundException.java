package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** Rejection: the run does not exist, or is no longer kept. */
@ApplicationException(rollback = true)
public class RunNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunNotFoundException(long run) {
    super("no run " + run);
  }
}
