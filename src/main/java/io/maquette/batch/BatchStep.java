package io.maquette.batch;

import java.io.IOException;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Step of a batch job, which reads and processes items. {@code WorkReader}, {@code WorkProcessor}
 * and {@code WorkWriter} connect it to the server's batch runtime. Only the supplier of {@code
 * process} runs inside a transaction.
 *
 * @param <T> type of an item
 */
public interface BatchStep<T> {

  /** Returns the number of all items of the step, where it is known. */
  default OptionalLong count(LocalRun run) throws IOException {
    return OptionalLong.empty();
  }

  /**
   * Returns the items after a position, always in the same order.
   *
   * @param after position of the last completed item; null for all items
   * @throws JobFailedException if the run cannot continue; the iterator throws it too
   */
  Iterator<T> items(LocalRun run, String after) throws IOException;

  /** Returns the position of an item, at most 300 characters. */
  String positionOf(T item);

  /**
   * Performs the slow part of an item, such as access to files and providers. It can run again
   * after a crash.
   *
   * @return the rest, which runs once in the transaction that moves the checkpoint, or not at all
   */
  Supplier<ItemResult> process(LocalRun run, T item) throws IOException;

  /**
   * Processed item, with the rest of its work for the transaction that moves the checkpoint.
   *
   * @param position position of the item in its step
   */
  record ProcessedItem(String position, Supplier<ItemResult> rest) {}
}
