package io.maquette.security;

import java.time.Duration;

/** Too many tries to sign in failed, for this account or from this address. */
public class TooManyAttemptsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  TooManyAttemptsException(Duration retryAfter) {
    super("too many tries");
    this.retryAfter = retryAfter;
  }

  /** How long to wait. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
