package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** Nobody would be left to look after everything; nothing was changed. */
@ApplicationException(rollback = true)
public class LastOperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LastOperatorException(String what) {
    super(what);
  }
}
