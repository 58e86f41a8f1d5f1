package io.maquette.provider.http;

import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Default circuit breaker parameters of all providers: it opens if three of the last four
 * submissions could not be sent or broke off. They are for {@link CircuitBreaker}, whose settings
 * may override them per class.
 */
public final class CircuitBreakerDefaults {

  /** Number of most recent submissions that count. */
  public static final int SUBMISSIONS = 4;

  /** Share of failures that opens the circuit breaker. */
  public static final double FAILURES = 0.75;

  /**
   * Milliseconds until a trial request. Payara takes the number for milliseconds regardless of
   * {@link CircuitBreaker#delayUnit}, so any other unit would be misread.
   */
  public static final long PAUSE = 10_000;

  private CircuitBreakerDefaults() {}
}
