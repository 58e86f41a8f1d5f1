package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** The account has no password here, as an outside issuer vouches for it; nothing was changed. */
@ApplicationException(rollback = true)
public class ExternalAccountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExternalAccountException(String what) {
    super(what);
  }
}
