package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** Failure of a run that cannot continue; the message is for operators and contains no secrets. */
@ApplicationException(rollback = true)
public class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobFailedException(String message) {
    super(message);
  }
}
