package io.maquette.security.token;

import com.nimbusds.jwt.proc.BadJWTException;

/** Refusal of a token whose signature is valid but whose claims break a rule. */
class RefusedTokenException extends BadJWTException {
  private static final long serialVersionUID = 1L;

  private final String cause;

  /**
   * Creates the exception.
   *
   * @param cause key of the log throttle; one of a small, fixed set
   * @param message what is wrong with the token, for operators; without the token itself
   */
  RefusedTokenException(String cause, String message) {
    super(message);
    this.cause = cause;
  }

  String causeOfRefusal() {
    return cause;
  }
}
