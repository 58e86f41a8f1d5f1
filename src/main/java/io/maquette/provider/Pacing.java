package io.maquette.provider;

/** Rate limit for the calls of all nodes to a provider. */
@FunctionalInterface
public interface Pacing {

  /**
   * Waits until the rate limit allows a call.
   *
   * @return whether the call is allowed; false if too many calls wait already, so that the caller
   *     must retry later
   * @see Provider#requestsPerSecond()
   */
  boolean awaitTurn(Provider provider);
}
