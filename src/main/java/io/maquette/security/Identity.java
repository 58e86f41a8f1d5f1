package io.maquette.security;

import jakarta.servlet.ServletRequest;

/**
 * What was found out about who sends a request.
 *
 * @param caller null where it is not known
 * @param obstacle why it is not; null where it is
 */
public record Identity(Caller caller, Obstacle obstacle) {

  /** Why it is not known who sends a request. */
  enum Obstacle {
    /** There is no credential, or none that is good. */
    NO_CREDENTIAL,
    /** A development set-up serves this machine alone. */
    REMOTE,
    /** The database could not be asked. */
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
