package io.maquette.http;

/** Number of items on a page of a list. */
public final class PageLimit {

  /** Default number of items. */
  public static final int DEFAULT = 20;

  /** Maximum number of items. */
  public static final int MAX = 100;

  private PageLimit() {}

  /**
   * Reads the query parameter {@code limit}. A larger value is refused, not reduced: a client with
   * fewer items than requested would take the page for the last one.
   *
   * @param text null for the default
   * @throws ProblemException if it is not 1 to {@link #MAX}
   */
  public static int of(String text) {
    if (text == null) {
      return DEFAULT;
    }
    int limit = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX) {
      throw ProblemException.ofField("limit", "invalid.limit");
    }
    return limit;
  }
}
