package io.maquette.batch;

import java.util.function.Supplier;

/**
 * An item that was processed, and what is left to be done in the transaction that moves its run on.
 *
 * @param position where it is among the items of its step
 */
public record ProcessedItem(String position, Supplier<ItemResult> rest) {}
