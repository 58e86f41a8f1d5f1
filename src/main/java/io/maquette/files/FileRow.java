package io.maquette.files;

import java.util.UUID;

/**
 * File that must be in the store according to a task's row.
 *
 * @param place which of the task's files: the index of a picture, {@link #MODEL}, or {@link
 *     #PREVIEW}
 * @param sha256 expected SHA-256 digest of the content
 * @param size in bytes
 * @param provider provider that made the file; null for pictures
 * @param jobId provider job that made the file; null if there is none
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

  /** Place of a model, after the indexes of all pictures. */
  public static final int MODEL = 100;

  /** Place of a model's preview. */
  public static final int PREVIEW = 101;

  /** Position in an iteration over all files. */
  public record Position(UUID taskId, int place) {}

  public Position position() {
    return new Position(taskId, place);
  }
}
