package io.maquette.persistence;

import jakarta.ejb.ApplicationException;

/** Nothing was done, which is certain: it failed before its transaction was to be committed. */
@ApplicationException(rollback = true)
public class UndoneException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public UndoneException(RuntimeException cause) {
    super(cause);
  }

  @Override
  public synchronized RuntimeException getCause() {
    return (RuntimeException) super.getCause();
  }
}
