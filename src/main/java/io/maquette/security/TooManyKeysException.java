package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** Rejection: the account has the maximum number of keys. The transaction rolls back. */
@ApplicationException(rollback = true)
public class TooManyKeysException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyKeysException(String what) {
    super(what);
  }
}
