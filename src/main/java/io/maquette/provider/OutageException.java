package io.maquette.provider;

import java.time.Duration;

/**
 * Provider failure that opens the circuit breaker: the provider could not be reached, or the
 * connection broke. {@link ProviderException#of} creates it.
 */
public class OutageException extends ProviderException {
  private static final long serialVersionUID = 1L;

  OutageException(Problem problem, String message, Duration retryAfter, Throwable cause) {
    super(problem, message, retryAfter, cause);
  }
}
