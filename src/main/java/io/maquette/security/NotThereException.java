package io.maquette.security;

import jakarta.ejb.ApplicationException;

/** There is no such account or key, or it is somebody else's; nothing was changed. */
@ApplicationException(rollback = true)
public class NotThereException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotThereException(String what) {
    super(what);
  }
}
