package io.maquette.provider;

import java.time.Duration;

/**
 * A provider that could not be reached, or broke off: what opens its circuit. Made by {@link
 * ProviderException#of}.
 */
public class OutageException extends ProviderException {
  private static final long serialVersionUID = 1L;

  OutageException(Problem problem, String message, Duration retryAfter, Throwable cause) {
    super(problem, message, retryAfter, cause);
  }
}
