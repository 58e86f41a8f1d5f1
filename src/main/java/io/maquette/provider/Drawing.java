package io.maquette.provider;

import java.util.Objects;

/**
 * A picture that a provider has made.
 *
 * @param picture what it shows
 * @param jobId what the provider knows it by; null where it has no such thing
 * @param requestId what the provider's support asks for; null where it told none
 */
public record Drawing(Picture picture, String jobId, String requestId) {
  public Drawing {
    Objects.requireNonNull(picture, "picture");
  }
}
