package io.maquette.http;

/** How many items a page of a list has. */
public final class PageLimit {

  /** Where nothing is said. */
  public static final int DEFAULT = 20;

  /** At most. */
  public static final int MAX = 100;

  private PageLimit() {}

  /**
   * Reads the query parameter {@code limit}. A larger one is refused and not reduced, as a client
   * that gets fewer items than it asked for would take the page for the last one.
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
