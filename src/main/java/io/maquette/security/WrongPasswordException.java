package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** Rejection: wrong password, no such account, or the account is disabled. */
@ApplicationException(rollback = true)
public class WrongPasswordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongPasswordException(String what) {
    super(what);
  }
}
