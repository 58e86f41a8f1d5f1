package io.maquette.asset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A file on its way out of a bucket. One that is read whole is checked against the digest in its
 * key: where it is another, its last bytes are not given out. The service is given up when it takes
 * longer for as much as a part than a call may take; the time its reader takes does not count.
 */
final class S3Content extends FilterInputStream {

  private static final int SKIPPED_AT_ONCE = 8192;

  private final ResponseInputStream<GetObjectResponse> content;
  private final Duration timePerPart;
  private final String key;
  private final boolean isWhole;
  private final MessageDigest digest = FileKeys.digest();
  private final long size;
  private long left;
  private long waitedNanos;

  S3Content(
      ResponseInputStream<GetObjectResponse> content,
      Duration timePerPart,
      String key,
      boolean isWhole) {
    super(content);
    this.content = content;
    this.timePerPart = timePerPart;
    this.key = key;
    this.isWhole = isWhole;
    this.size = content.response().contentLength();
    this.left = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = receive(into, offset, length);
    if (count < 0) {
      throw new IOException("the store broke off with " + left + " bytes left of " + key);
    }
    left -= count;
    digest.update(into, offset, count);
    if (left == 0 && isWhole && !FileKeys.isOf(key, digest)) {
      throw new DamagedFileException(key);
    }
    return count;
  }

  private int receive(byte[] into, int offset, int length) throws IOException {
    long began = System.nanoTime();
    int count;
    try {
      count = super.read(into, offset, length);
    } catch (SdkException e) {
      throw S3Bucket.failure("give a file", e);
    }
    waitedNanos += System.nanoTime() - began;
    if (waitedNanos > timePerPart.toNanos() * (1 + (size - left) / S3Store.PART)) {
      throw new IOException("the store is too slow with " + key);
    }
    return count;
  }

  /** What is skipped is read, as the digest is that of all. */
  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, SKIPPED_AT_ONCE)]));
  }

  /** Going back would let the same bytes count twice. */
  @Override
  public boolean markSupported() {
    return false;
  }

  /** Gives the connection up where something is left, rather than read it to its end. */
  @Override
  public void close() throws IOException {
    if (left > 0) {
      content.abort();
    } else {
      content.close();
    }
  }
}
