package io.maquette.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Stream of a file from a bucket. It fails if the service takes longer for the size of a part than
 * the limit of a call. Time that the reader takes does not count.
 */
final class S3Content extends FilterInputStream {

  private final ResponseInputStream<GetObjectResponse> content;
  private final Duration timePerPart;
  private final String key;
  private final long size;
  private long left;
  private long waitedNanos;

  S3Content(ResponseInputStream<GetObjectResponse> content, Duration timePerPart, String key) {
    super(content);
    this.content = content;
    this.timePerPart = timePerPart;
    this.key = key;
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
      throw new IOException("the store ended the transfer with " + left + " bytes left of " + key);
    }
    left -= count;
    return count;
  }

  private int receive(byte[] into, int offset, int length) throws IOException {
    long began = System.nanoTime();
    int count;
    try {
      count = super.read(into, offset, length);
    } catch (SdkException e) {
      throw S3Bucket.failure("return a file", e);
    }
    waitedNanos += System.nanoTime() - began;
    if (waitedNanos > timePerPart.toNanos() * (1 + (size - left) / S3Store.PART)) {
      throw new IOException("the store is too slow for " + key);
    }
    return count;
  }

  /** Returns false, because the same bytes would count twice after a reset. */
  @Override
  public boolean markSupported() {
    return false;
  }

  /** Closes the connection instead of reading the rest. */
  @Override
  public void close() throws IOException {
    if (left > 0) {
      content.abort();
    } else {
      content.close();
    }
  }
}
