package io.maquette.security;

import java.time.Duration;

/** Rejection: too many sign-in attempts failed for this account or from this address. */
public class TooManyAttemptsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  TooManyAttemptsException(Duration retryAfter) {
    super("too many failed sign-ins");
    this.retryAfter = retryAfter;
  }

  /** Returns the waiting time until the next attempt is permitted. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
