package io.maquette.http;

import java.util.List;

/**
 * One page of a list.
 *
 * @param success always true
 * @param data the items
 * @param message for people; may be null
 * @param count how many items this page has
 * @param nextCursor where the next page begins; null on the last one
 */
public record ListEnvelope(
    boolean success, List<?> data, String message, int count, String nextCursor) {
  /** The page with these items. */
  public static ListEnvelope of(List<?> data, String nextCursor) {
    return new ListEnvelope(true, data, null, data.size(), nextCursor);
  }
}
