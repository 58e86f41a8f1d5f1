package io.maquette.provider;

import io.maquette.option.ModelOptions;
import java.util.Objects;
import java.util.UUID;

/**
 * Request for one model.
 *
 * @param picture the chosen picture
 * @param prompt the user's own sentence, for providers that accept one in addition to the picture
 * @param options options of the user; the caller has checked that the provider accepts them
 * @param key key of the submission, for providers whose job ids the caller chooses. A lookup after
 *     an unknown outcome has the same key, each other submission has another one
 */
public record ModelRequest(Picture picture, String prompt, ModelOptions options, UUID key) {

  /** Creates a request without options. */
  public ModelRequest(Picture picture, String prompt) {
    this(picture, prompt, ModelOptions.NONE);
  }

  /** Creates a request with a new key. */
  public ModelRequest(Picture picture, String prompt, ModelOptions options) {
    this(picture, prompt, options, UUID.randomUUID());
  }

  /** Returns the same request with another key. */
  public ModelRequest withKey(UUID other) {
    return new ModelRequest(picture, prompt, options, other);
  }

  public ModelRequest {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(key, "key");
  }
}
