package io.maquette.access;

import jakarta.ejb.ApplicationException;

/** The account has no password here, as an outside issuer vouches for it; nothing was changed. */
@ApplicationException(rollback = true)
public class OutsideAccountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutsideAccountException(String what) {
    super(what);
  }
}
