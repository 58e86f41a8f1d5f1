package io.maquette.persistence;

import jakarta.ejb.ApplicationException;

/** Failure of a transaction before its commit, so that certainly nothing was changed. */
@ApplicationException(rollback = true)
public class RolledBackException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public RolledBackException(RuntimeException cause) {
    super(cause);
  }

  @Override
  public synchronized RuntimeException getCause() {
    return (RuntimeException) super.getCause();
  }
}
