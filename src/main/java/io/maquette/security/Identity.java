package io.maquette.security;

import jakarta.servlet.ServletRequest;

/**
 * Result of authenticating a request.
 *
 * @param caller null if the caller is unknown
 * @param obstacle why the caller is unknown; null if the caller is known
 */
public record Identity(Caller caller, Obstacle obstacle) {

  /** Reason why the caller is unknown. */
  enum Obstacle {
    /** The request has no valid credential. */
    NO_CREDENTIAL,
    /** {@code dev} mode accepts only requests from localhost. */
    REMOTE,
    /** The credential could not be checked: the database or the issuer's keys are unavailable. */
    DATABASE
  }

  public static final Identity NOBODY = new Identity(null, Obstacle.NO_CREDENTIAL);
  public static final Identity REMOTE = new Identity(null, Obstacle.REMOTE);
  public static final Identity UNKNOWN = new Identity(null, Obstacle.DATABASE);

  private static final String ATTRIBUTE = Identity.class.getName();

  public static Identity of(Caller caller) {
    return new Identity(caller, null);
  }

  public void attachTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  static Identity of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Identity identity ? identity : NOBODY;
  }
}
