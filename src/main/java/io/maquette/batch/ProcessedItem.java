package io.maquette.batch;

import java.util.function.Supplier;

/**
 * Processed item, with the rest of its work for the transaction that moves the checkpoint.
 *
 * @param position position of the item in its step
 */
public record ProcessedItem(String position, Supplier<ItemResult> rest) {}
