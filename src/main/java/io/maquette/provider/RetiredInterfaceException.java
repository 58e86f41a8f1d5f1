package io.maquette.provider;

/**
 * The provider no longer has the action or version we were written to. Nothing will succeed until
 * an operator acts, so that no further task is sent there meanwhile.
 */
public class RetiredInterfaceException extends ProviderException {
  private static final long serialVersionUID = 1L;

  public RetiredInterfaceException(String message) {
    super(Problem.UNAVAILABLE, message);
  }
}
