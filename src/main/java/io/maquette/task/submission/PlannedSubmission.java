package io.maquette.task.submission;

/**
 * Submission that is about to be sent.
 *
 * @param imageIndex index of the picture; null for a model
 * @param provider provider that receives it
 */
public record PlannedSubmission(Integer imageIndex, String provider) {}
