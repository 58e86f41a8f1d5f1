package io.maquette.batch;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Iterator that reads its items page by page, on demand.
 *
 * @param <T> type of an item
 */
public final class PagedIterator<T> implements Iterator<T> {

  private final Function<T, List<T>> pages;
  private Iterator<T> page;
  private T last;

  /**
   * Creates an iterator, which reads nothing yet.
   *
   * @param pages returns the page after an item, or the first page for null; an empty page is the
   *     end
   */
  public PagedIterator(Function<T, List<T>> pages) {
    this.pages = pages;
  }

  @Override
  public boolean hasNext() {
    if (page == null || (!page.hasNext() && last != null)) {
      page = pages.apply(last).iterator();
      last = null; // without a further item this page was the last
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    last = page.next();
    return last;
  }
}
