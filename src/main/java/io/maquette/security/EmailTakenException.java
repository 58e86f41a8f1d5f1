package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** An account with this e-mail is there already; nothing was changed. */
@ApplicationException(rollback = true)
public class EmailTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmailTakenException(String what) {
    super(what);
  }
}
