package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;

/**
 * A new version of a picture that is wanted.
 *
 * @param picture as it is
 * @param instruction what shall be changed, in the user's words; not blank
 * @param timeout how long the provider may take; positive
 */
public record EditRequest(Picture picture, String instruction, Duration timeout) {
  public EditRequest {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(instruction, "instruction");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }
}
