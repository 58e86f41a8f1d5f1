package io.maquette.security;

import jakarta.ejb.ApplicationException;

/**
 * Rejection: the account or key does not exist, or another user owns it. The transaction rolls
 * back.
 */
@ApplicationException(rollback = true)
public class NotThereException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotThereException(String what) {
    super(what);
  }
}
