package io.maquette.provider;

/** Keeps the calls of all nodes below what a provider allows each second. */
@FunctionalInterface
public interface Pacing {

  /**
   * Waits for the next moment at which the provider may be called.
   *
   * @return whether it may; if not, so many wait already that whoever asks had better come again
   * @see Provider#requestsPerSecond()
   */
  boolean awaitTurn(Provider provider);
}
