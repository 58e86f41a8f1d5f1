package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** Rejection: no operator would remain. The transaction rolls back. */
@ApplicationException(rollback = true)
public class LastOperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LastOperatorException(String what) {
    super(what);
  }
}
