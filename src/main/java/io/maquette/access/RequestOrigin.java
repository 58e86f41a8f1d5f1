package io.maquette.access;

import java.net.URI;

/** Which page a request comes from, as far as browsers tell; other clients tell nothing. */
public final class RequestOrigin {

  private RequestOrigin() {}

  /**
   * Whether it is a page of this host, or none.
   *
   * @param fetchSite the header {@code Sec-Fetch-Site}; may be null
   * @param origin the header {@code Origin}; may be null
   * @param host the header {@code Host}
   */
  public static boolean isOwn(String fetchSite, String origin, String host) {
    if (fetchSite != null) {
      return fetchSite.equals("same-origin") || fetchSite.equals("none");
    }
    return isOwn(origin, host);
  }

  /** The same for a WebSocket, with which browsers send an origin always. */
  public static boolean isOwn(String origin, String host) {
    if (origin == null) {
      return true;
    }
    try {
      return URI.create(origin).getRawAuthority() != null
          && URI.create(origin).getRawAuthority().equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
