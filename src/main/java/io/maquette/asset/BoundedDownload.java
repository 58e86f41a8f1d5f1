package io.maquette.asset;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A file on its way to us: bounded in size and in time for all of it. */
final class BoundedDownload extends FilterInputStream {

  private final Closeable response;
  private final long maxBytes;
  private final Duration maxTime;
  private final long end;
  private long left;

  BoundedDownload(InputStream content, Closeable response, long maxBytes, Duration maxTime) {
    super(content);
    this.response = response;
    this.maxBytes = maxBytes;
    this.left = maxBytes;
    this.maxTime = maxTime;
    this.end = System.nanoTime() + maxTime.toNanos();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read;
    try {
      read = super.read(into, offset, length);
    } catch (IOException e) {
      throw new ResultFetchException("the result broke off: " + e.getMessage(), e);
    }
    left -= Math.max(0, read);
    if (left < 0) {
      throw new ResultFetchException("the result is larger than " + maxBytes + " bytes");
    }
    if (System.nanoTime() - end > 0) {
      throw new ResultFetchException("the result takes longer than " + maxTime);
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Gives the connection up where something is left, rather than read it to its end. */
  @Override
  public void close() throws IOException {
    response.close();
  }
}
