package io.maquette.provider;

import java.util.Objects;

/**
 * Request for one model.
 *
 * @param picture the chosen picture
 * @param prompt the user's own sentence, for providers that accept one in addition to the picture
 */
public record ModelRequest(Picture picture, String prompt) {
  public ModelRequest {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(prompt, "prompt");
  }
}
