package io.maquette.provider.openai;

import io.maquette.provider.http.AnswerLimit;
import java.time.Duration;

/** Limit for answers with a picture as base64: 32 MiB, and 30 seconds from the first byte. */
public class PictureAnswerLimit extends AnswerLimit {

  /** Creates the limit; the REST client calls it. */
  public PictureAnswerLimit() {
    super(32 << 20, Duration.ofSeconds(30));
  }
}
