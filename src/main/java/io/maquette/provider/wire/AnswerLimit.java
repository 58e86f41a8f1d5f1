package io.maquette.provider.wire;

import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Bounds what a provider may answer: in bytes, and in time for all of it, as a read time-out bounds
 * only the wait for the next byte. Clients whose answers carry files have a subclass of their own.
 */
public class AnswerLimit implements ReaderInterceptor {

  private final long maxBytes;
  private final Duration maxTime;

  /** For answers of words and numbers: 1 MiB, and 30 seconds from its first byte. */
  public AnswerLimit() {
    this(1 << 20, Duration.ofSeconds(30));
  }

  protected AnswerLimit(long maxBytes, Duration maxTime) {
    this.maxBytes = maxBytes;
    this.maxTime = maxTime;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    InputStream content = context.getInputStream();
    if (content != null) {
      context.setInputStream(new Bounded(content, maxBytes, maxTime));
    }
    return context.proceed();
  }

  private static final class Bounded extends FilterInputStream {
    private final long end;
    private final Duration maxTime;
    private final long maxBytes;
    private long left;

    Bounded(InputStream content, long maxBytes, Duration maxTime) {
      super(content);
      this.maxBytes = maxBytes;
      this.left = maxBytes;
      this.maxTime = maxTime;
      this.end = System.nanoTime() + maxTime.toNanos();
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(count);
      count(skipped);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void count(long read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("the answer is larger than " + maxBytes + " bytes");
      }
      if (System.nanoTime() - end > 0) {
        throw new IOException("the answer takes longer than " + maxTime);
      }
    }
  }
}
