package io.maquette.persistence;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next start of the next page; null on the last one
 */
public record Page<T, C>(List<T> items, C next) {

  /**
   * Creates a page from found items.
   *
   * @param found one item more than the limit if there is a next page
   * @param behind returns the start of the page after an item
   */
  public static <T, C> Page<T, C> of(List<T> found, int limit, Function<? super T, C> behind) {
    return found.size() > limit
        ? new Page<>(List.copyOf(found.subList(0, limit)), behind.apply(found.get(limit - 1)))
        : new Page<>(List.copyOf(found), null);
  }
}
