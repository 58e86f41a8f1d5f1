package io.maquette.persistence;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a listing.
 *
 * @param next where the next page begins; null on the last one
 */
public record Page<T, C>(List<T> items, C next) {

  /**
   * The page that something found makes.
   *
   * @param found one more than the limit where there are more
   * @param behind where the page behind an item begins
   */
  public static <T, C> Page<T, C> of(List<T> found, int limit, Function<? super T, C> behind) {
    return found.size() > limit
        ? new Page<>(List.copyOf(found.subList(0, limit)), behind.apply(found.get(limit - 1)))
        : new Page<>(List.copyOf(found), null);
  }
}
