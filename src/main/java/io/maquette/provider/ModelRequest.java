package io.maquette.provider;

import java.util.Objects;

/**
 * One model wanted.
 *
 * @param picture the chosen picture
 * @param prompt the user's own sentence, for providers that take one beside the picture
 */
public record ModelRequest(Picture picture, String prompt) {
  public ModelRequest {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(prompt, "prompt");
  }
}
