package io.maquette.security.token;

/** Failure to fetch the keys of an outside issuer, so that its tokens cannot be checked. */
public class UnknownKeysException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownKeysException(Exception cause) {
    super("The issuer's keys could not be fetched: " + cause.getMessage(), cause);
  }
}
