package io.maquette.provider.http;

import io.maquette.http.BoundedStream;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Bounds what a provider may answer, in bytes and in time for all of it. Clients whose answers
 * carry files have a subclass of their own.
 *
 * <p>What lies beyond is taken no notice of; but RESTEasy, WildFly's REST client, reads it all the
 * same before it gives the connection up, and the call ends no sooner.
 */
public class AnswerLimit implements ReaderInterceptor {

  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

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
      context.setInputStream(unpacked(bounded(content)));
    }
    return context.proceed();
  }

  private InputStream bounded(InputStream content) {
    return new BoundedStream(content, "the answer", maxBytes, maxTime, IOException::new)
        .fromFirstByte();
  }

  /**
   * The content of an answer that is packed with gzip, though we never ask for that: some gateways
   * do so anyway. No JSON text begins like that.
   */
  private InputStream unpacked(InputStream content) throws IOException {
    PushbackInputStream all = new PushbackInputStream(content, GZIP.length);
    byte[] head = all.readNBytes(GZIP.length);
    all.unread(head);
    return Arrays.equals(head, GZIP) ? bounded(new GZIPInputStream(all)) : all;
  }
}
