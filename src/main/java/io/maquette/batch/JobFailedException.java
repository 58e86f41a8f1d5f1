package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** A run cannot go on; the message says why to operators and has no secrets. */
@ApplicationException(rollback = true)
public class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobFailedException(String message) {
    super(message);
  }
}
