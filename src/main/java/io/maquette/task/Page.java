package io.maquette.task;

import java.util.List;

/**
 * One page of a listing.
 *
 * @param next where the next page begins; null on the last one
 */
public record Page<T, C>(List<T> items, C next) {}
