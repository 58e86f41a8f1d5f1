package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** Rejection: the account is external, so it has no password here. The transaction rolls back. */
@ApplicationException(rollback = true)
public class ExternalAccountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExternalAccountException(String what) {
    super(what);
  }
}
