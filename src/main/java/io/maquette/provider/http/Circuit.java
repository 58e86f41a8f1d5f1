package io.maquette.provider.http;

import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * When every provider's circuit opens, and for how long: three of the last four submissions could
 * not be made or broke off. For {@link CircuitBreaker}, whose settings may say otherwise for each.
 */
public final class Circuit {

  /** How many submissions are looked back at. */
  public static final int SUBMISSIONS = 4;

  /** The part of them that opens it. */
  public static final double FAILURES = 0.75;

  /**
   * Milliseconds until one is let through again. In no other unit: Payara takes the number for
   * milliseconds whatever {@link CircuitBreaker#delayUnit} says, and ten would open it for none.
   */
  public static final long PAUSE = 10_000;

  private Circuit() {}
}
