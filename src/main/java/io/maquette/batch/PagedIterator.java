package io.maquette.batch;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Items read page by page, when they are needed.
 *
 * @param <T> an item
 */
public final class PagedIterator<T> implements Iterator<T> {

  private final Function<T, List<T>> pages;
  private Iterator<T> page;
  private T last;

  /**
   * Nothing is read yet.
   *
   * @param pages the page behind an item, or for null the first one; an empty one is the end
   */
  public PagedIterator(Function<T, List<T>> pages) {
    this.pages = pages;
  }

  @Override
  public boolean hasNext() {
    if (page == null || (!page.hasNext() && last != null)) {
      page = pages.apply(last).iterator();
      last = null; // until there is another one, this page was the last
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
