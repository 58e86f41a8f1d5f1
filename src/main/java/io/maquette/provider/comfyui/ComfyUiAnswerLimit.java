package io.maquette.provider.comfyui;

import io.maquette.provider.http.AnswerLimit;
import java.time.Duration;

/** Limit for answers that repeat the workflow of every queued job: 16 MiB, and 30 seconds. */
public class ComfyUiAnswerLimit extends AnswerLimit {

  /** Creates the limit; the REST client calls it. */
  public ComfyUiAnswerLimit() {
    super(16L << 20, Duration.ofSeconds(30));
  }
}
