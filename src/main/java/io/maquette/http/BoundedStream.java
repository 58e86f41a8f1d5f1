package io.maquette.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;

/**
 * Stream from an untrusted sender, bounded in bytes and in total time. A read time-out alone bounds
 * only the wait for the next byte.
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
   * Creates a bounded stream.
   *
   * @param what name of the content, with which the failure's message begins
   * @param maxBytes maximum number of bytes read
   * @param maxTime maximum total time, from now on
   * @param failure creates the exception with that message
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

  /** Counts the time from the first byte on, because a sender may take long to begin. */
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

  /** Reads the skipped bytes, because they count against the limit. */
  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, SKIPPED_AT_ONCE)]));
  }

  /** Returns false, because the same bytes would count twice after a reset. */
  @Override
  public boolean markSupported() {
    return false;
  }
}
