package io.maquette.task.submission;

/**
 * A submission that is about to be made.
 *
 * @param imageIndex which picture; null for a model
 * @param provider who is asked
 */
public record PlannedSubmission(Integer imageIndex, String provider) {}
