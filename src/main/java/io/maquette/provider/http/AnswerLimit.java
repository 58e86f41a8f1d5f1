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
 * Limit on the size and the total time of a provider's answer. Clients whose answers contain files
 * use a subclass.
 *
 * <p>Bytes beyond the limit are ignored. RESTEasy, WildFly's REST client, still reads them before
 * it releases the connection, so the call ends no sooner.
 */
public class AnswerLimit implements ReaderInterceptor {

  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

  private final long maxBytes;
  private final Duration maxTime;

  /** Creates the limit for answers without files: 1 MiB, and 30 seconds from the first byte. */
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
   * Decompresses gzip. The application never requests it, but some gateways send it anyway. No JSON
   * text begins with its magic bytes.
   */
  private InputStream unpacked(InputStream content) throws IOException {
    PushbackInputStream all = new PushbackInputStream(content, GZIP.length);
    byte[] head = all.readNBytes(GZIP.length);
    all.unread(head);
    return Arrays.equals(head, GZIP) ? bounded(new GZIPInputStream(all)) : all;
  }
}
