package io.maquette.provider.meshy;

/**
 * Answer to a submission.
 *
 * @param result the new task's id; may be missing
 */
public record MeshyTaskId(String result) {}
