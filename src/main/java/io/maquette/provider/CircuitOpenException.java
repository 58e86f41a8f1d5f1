package io.maquette.provider;

/**
 * Failure without a call to the provider, because its circuit breaker is open after many recent
 * failures.
 */
public class CircuitOpenException extends ProviderException {
  private static final long serialVersionUID = 1L;

  public CircuitOpenException(String provider, Throwable cause) {
    super(
        Problem.UNAVAILABLE,
        "not sent because the circuit breaker of " + provider + " is open",
        cause);
  }
}
