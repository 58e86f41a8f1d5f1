package io.maquette.provider.hunyuan;

import io.maquette.provider.http.AnswerLimit;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.time.Duration;

/**
 * Limit for answers with a whole model in Base64: 400 MiB, and two minutes from the first byte. All
 * other answers, including errors, have the usual limits.
 */
public class HunyuanAnswerLimit extends AnswerLimit {

  private final AnswerLimit usual = new AnswerLimit();

  /** Creates the limit; the REST client calls it. */
  public HunyuanAnswerLimit() {
    super(400L << 20, Duration.ofMinutes(2));
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    return context.getType() == JobStatus.class
        ? super.aroundReadFrom(context)
        : usual.aroundReadFrom(context);
  }
}
