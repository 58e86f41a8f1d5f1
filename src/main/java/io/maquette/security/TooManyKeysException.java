package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** This account has as many keys as it may have; nothing was changed. */
@ApplicationException(rollback = true)
public class TooManyKeysException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyKeysException(String what) {
    super(what);
  }
}
