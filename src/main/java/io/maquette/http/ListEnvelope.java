package io.maquette.http;

import io.maquette.persistence.Page;
import java.util.List;
import java.util.function.Function;

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

  /** Creates a page that shows each item in its view. */
  public static <T> ListEnvelope of(Page<T, String> page, Function<T, ?> view) {
    return of(page.items().stream().map(view).toList(), page.next());
  }
}
