package io.maquette.files;

import java.util.UUID;

/**
 * A file that a task's row says is in the store.
 *
 * @param place which of the task's files: the index of a picture, {@link #MODEL}, or {@link
 *     #PREVIEW}
 * @param sha256 what its content's digest must be
 * @param size in bytes
 * @param provider who made it; null for pictures
 * @param jobId the provider's job that made it; null where there is none
 */
public record FileRow(
    UUID taskId,
    int place,
    String key,
    String sha256,
    long size,
    String mediaType,
    String provider,
    String jobId) {

  /** The place of a model, behind those of all pictures. */
  public static final int MODEL = 100;

  /** The place of a model's preview. */
  public static final int PREVIEW = 101;

  /** Where a walk over all files is. */
  public record Position(UUID taskId, int place) {}

  public Position position() {
    return new Position(taskId, place);
  }
}
