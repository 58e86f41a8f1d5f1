package io.maquette.security.web;

import io.maquette.http.ListEnvelope;
import io.maquette.http.ProblemException;
import io.maquette.persistence.Page;
import java.util.List;
import java.util.function.Function;

/** Helpers for lists that clients read page by page. */
final class Listing {

  private static final int MAX_FILTER = 400;

  private Listing() {}

  /**
   * Creates one page.
   *
   * @param found one more than the limit where further items exist
   * @param cursor returns the cursor of the page after an item
   */
  static <T> ListEnvelope page(
      List<T> found, int limit, Function<T, ?> view, Function<T, String> cursor) {
    Page<T, String> page = Page.of(found, limit, cursor);
    return ListEnvelope.of(page.items().stream().map(view).toList(), page.next());
  }

  /** Validates a filter; null if the client gives none. */
  static String filter(String field, String text) {
    if (text == null) {
      return null;
    }
    String filter = text.strip();
    if (filter.isEmpty()
        || filter.length() > MAX_FILTER
        || filter.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.ofField(field, "invalid.filter");
    }
    return filter;
  }
}
