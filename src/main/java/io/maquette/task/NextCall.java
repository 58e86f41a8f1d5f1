package io.maquette.task;

/**
 * A submission that is about to be made.
 *
 * @param imageIndex which picture; null for a model
 * @param provider who is asked
 */
public record NextCall(Integer imageIndex, String provider) {}
