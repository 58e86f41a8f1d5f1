package io.maquette.maintenance;

import jakarta.ejb.ApplicationException;

/** A run cannot go on; the message says why to operators and has no secrets. */
@ApplicationException(rollback = true)
class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JobFailedException(String message) {
    super(message);
  }
}
