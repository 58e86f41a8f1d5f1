package io.maquette.provider.wire;

import io.maquette.platform.BoundedStream;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Bounds what a provider may answer, in bytes and in time for all of it. Clients whose answers
 * carry files have a subclass of their own.
 *
 * <p>What lies beyond is taken no notice of; but RESTEasy, WildFly's REST client, reads it all the
 * same before it gives the connection up, and the call ends no sooner.
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
      context.setInputStream(
          new BoundedStream(content, "the answer", maxBytes, maxTime, IOException::new)
              .fromFirstByte());
    }
    return context.proceed();
  }
}
