package io.maquette.http;

import java.util.Arrays;

/** Strong entity tags and the conditions on them (RFC 9110, section 13). */
public final class ETags {

  private ETags() {}

  /** Returns a strong tag. */
  public static String of(String opaque) {
    return '"' + opaque + '"';
  }

  /**
   * Returns whether the client has this representation.
   *
   * @param ifNoneMatch the request's header; may be null
   */
  public static boolean isKnown(String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(","))
            .map(String::strip)
            .map(known -> known.startsWith("W/") ? known.substring(2) : known)
            .anyMatch(known -> known.equals("*") || known.equals(tag));
  }
}
