package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** It is not the password of this account, or there is no such account, or it is disabled. */
@ApplicationException(rollback = true)
public class WrongPasswordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongPasswordException(String what) {
    super(what);
  }
}
