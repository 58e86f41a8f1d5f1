package io.maquette.provider;

/** The provider was not called: so many calls to it failed lately that it is left alone a while. */
public class CircuitOpenException extends ProviderException {
  private static final long serialVersionUID = 1L;

  public CircuitOpenException(String provider, Throwable cause) {
    super(Problem.UNAVAILABLE, "not sent: " + provider + " failed too often lately", cause);
  }
}
