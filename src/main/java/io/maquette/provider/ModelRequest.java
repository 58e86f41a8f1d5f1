package io.maquette.provider;

import io.maquette.option.ModelOptions;
import java.util.Objects;

/**
 * Request for one model.
 *
 * @param picture the chosen picture
 * @param prompt the user's own sentence, for providers that accept one in addition to the picture
 * @param options options of the user; the caller has checked that the provider accepts them
 */
public record ModelRequest(Picture picture, String prompt, ModelOptions options) {

  /** Creates a request without options. */
  public ModelRequest(Picture picture, String prompt) {
    this(picture, prompt, ModelOptions.NONE);
  }

  public ModelRequest {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(options, "options");
  }
}
