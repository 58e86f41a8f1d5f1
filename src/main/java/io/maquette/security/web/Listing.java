package io.maquette.security.web;

import io.maquette.http.ListEnvelope;
import io.maquette.http.ProblemException;
import io.maquette.persistence.Page;
import java.util.List;
import java.util.function.Function;

/** Lists that are read page by page. */
final class Listing {

  private static final int MAX_FILTER = 400;

  private Listing() {}

  /**
   * One page.
   *
   * @param found one more than the limit where there are more
   * @param cursor where the page behind an item begins
   */
  static <T> ListEnvelope page(
      List<T> found, int limit, Function<T, ?> view, Function<T, String> cursor) {
    Page<T, String> page = Page.of(found, limit, cursor);
    return ListEnvelope.of(page.items().stream().map(view).toList(), page.next());
  }

  /** What a list is narrowed by; null where it is not. */
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
