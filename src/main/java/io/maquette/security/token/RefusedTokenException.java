package io.maquette.security.token;

import com.nimbusds.jwt.proc.BadJWTException;

/** A claim of a token with a good signature breaks a rule. */
class RefusedTokenException extends BadJWTException {
  private static final long serialVersionUID = 1L;

  private final String cause;

  /**
   * Creates it.
   *
   * @param cause one of a small, fixed set, by which log lines are limited
   * @param message what the token has or lacks, for operators; without the token itself
   */
  RefusedTokenException(String cause, String message) {
    super(message);
    this.cause = cause;
  }

  String causeOfRefusal() {
    return cause;
  }
}
