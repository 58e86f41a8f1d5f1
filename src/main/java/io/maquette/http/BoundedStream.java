package io.maquette.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;

/**
 * A stream from somebody we do not trust: bounded in bytes, and in time for all of it, as a read
 * time-out bounds only the wait for the next byte.
 */
public final class BoundedStream extends FilterInputStream {

  private static final int SKIPPED_AT_ONCE = 8192;

  private final String what;
  private final long maxBytes;
  private final Duration maxTime;
  private final Function<String, ? extends IOException> failure;
  private long end;
  private boolean countsFromFirstByte;
  private long left;

  /**
   * Bounds a stream.
   *
   * @param what it is, as the message of the failure is to begin
   * @param maxBytes more than this is not read
   * @param maxTime for all of it, from now on
   * @param failure of that message
   */
  public BoundedStream(
      InputStream content,
      String what,
      long maxBytes,
      Duration maxTime,
      Function<String, ? extends IOException> failure) {
    super(content);
    this.what = what;
    this.maxBytes = maxBytes;
    this.maxTime = maxTime;
    this.failure = failure;
    this.end = System.nanoTime() + maxTime.toNanos();
    this.left = maxBytes;
  }

  /** Counts the time from the first byte on: whoever sends it may take long to begin. */
  public BoundedStream fromFirstByte() {
    countsFromFirstByte = true;
    return this;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    left -= Math.max(0, read);
    if (countsFromFirstByte) {
      countsFromFirstByte = false;
      end = System.nanoTime() + maxTime.toNanos();
    }
    if (left < 0) {
      throw failure.apply(what + " is larger than " + maxBytes + " bytes");
    }
    if (System.nanoTime() - end > 0) {
      throw failure.apply(what + " takes longer than " + maxTime);
    }
    return read;
  }

  /** What is skipped is read, and counts. */
  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, SKIPPED_AT_ONCE)]));
  }

  /** Going back would let the same bytes count twice. */
  @Override
  public boolean markSupported() {
    return false;
  }
}
