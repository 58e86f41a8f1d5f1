package io.maquette.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Multipart upload of a file to a temporary place. Unless it is finished, closing it removes the
 * place, if the service can still be reached.
 */
final class S3Upload implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(S3Upload.class.getName());

  private final S3Bucket bucket;
  private final String place;
  private final String upload;
  private final List<CompletedPart> parts = new ArrayList<>();
  private long size;
  private State state = State.IN_PARTS;

  private enum State {
    IN_PARTS,
    JOINED
  }

  private S3Upload(S3Bucket bucket, String place, String upload) {
    this.bucket = bucket;
    this.place = place;
    this.upload = upload;
  }

  static S3Upload begin(S3Bucket bucket, FileType type) throws IOException {
    String place = S3Bucket.UNFINISHED + UUID.randomUUID();
    return new S3Upload(bucket, place, bucket.beginParts(place, type));
  }

  /**
   * Sends the next part.
   *
   * @param part as large as all before, or smaller and the last one
   */
  void send(byte[] part) throws IOException {
    parts.add(bucket.sendPart(place, upload, parts.size() + 1, part));
    size += part.length;
  }

  /** Returns the number of bytes sent. */
  long size() {
    return size;
  }

  /** Copies the complete file to its key. */
  void finishAs(String key) throws IOException {
    bucket.joinParts(place, upload, parts);
    state = State.JOINED;
    bucket.copy(place, key);
    long stored = bucket.sizeOf(key);
    if (stored != size) {
      bucket.delete(key);
      throw new IOException("the store has stored " + stored + " of " + size + " bytes");
    }
  }

  /** Removes the temporary place, also on an interrupted thread. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      switch (state) {
        case IN_PARTS -> bucket.abandonParts(place, upload);
        case JOINED -> bucket.delete(place);
      }
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          e,
          () -> place + " remains until the lifecycle rule of the bucket removes it");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
