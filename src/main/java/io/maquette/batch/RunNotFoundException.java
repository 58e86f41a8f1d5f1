package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** There is no such run, or it was so long ago that it has been forgotten. */
@ApplicationException(rollback = true)
public class RunNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunNotFoundException(long run) {
    super("no run " + run);
  }
}
