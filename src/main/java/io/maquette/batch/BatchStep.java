package io.maquette.batch;

import java.io.IOException;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What a step of a job does, item by item; {@code WorkReader}, {@code WorkProcessor} and {@code
 * WorkWriter} are how the server's batch runtime gets to it. All but the supplier is called outside
 * any transaction.
 *
 * @param <T> an item
 */
public interface BatchStep<T> {

  /** How many items there are from the beginning, where that can be told. */
  default OptionalLong count(LocalRun run) throws IOException {
    return OptionalLong.empty();
  }

  /**
   * The items behind a position, always in the same order.
   *
   * @param after null for all
   * @throws JobFailedException if the run cannot go on; so does the iterator
   */
  Iterator<T> items(LocalRun run, String after) throws IOException;

  /** Where an item is among them; at most 300 characters. */
  String positionOf(T item);

  /**
   * Does with an item what takes time or needs files and providers. It may be done again after a
   * crash.
   *
   * @return what is left to be done in the transaction that moves the run on: once, or not at all
   */
  Supplier<ItemResult> process(LocalRun run, T item) throws IOException;
}
