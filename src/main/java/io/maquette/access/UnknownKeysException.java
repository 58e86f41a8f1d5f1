package io.maquette.access;

/** The keys of an outside issuer could not be fetched, so its tokens cannot be checked. */
class UnknownKeysException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownKeysException(Exception cause) {
    super("The issuer's keys could not be fetched: " + cause.getMessage(), cause);
  }
}
