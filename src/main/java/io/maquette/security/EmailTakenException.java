package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** Rejection: an account with this e-mail exists. The transaction rolls back. */
@ApplicationException(rollback = true)
public class EmailTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmailTakenException(String what) {
    super(what);
  }
}
