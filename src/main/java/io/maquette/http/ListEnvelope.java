package io.maquette.http;

import java.util.List;

/**
 * Body of a response with one page of a list.
 *
 * @param success always true
 * @param data the items
 * @param message text for the user; may be null
 * @param count number of items on this page
 * @param nextCursor start of the next page; null on the last one
 */
public record ListEnvelope(
    boolean success, List<?> data, String message, int count, String nextCursor) {
  /** Creates a page with these items. */
  public static ListEnvelope of(List<?> data, String nextCursor) {
    return new ListEnvelope(true, data, null, data.size(), nextCursor);
  }
}
