package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A new version of a picture that is wanted.
 *
 * @param picture as it is
 * @param instruction what shall be changed, in the user's words; not blank
 * @param timeout how long the provider may take; positive
 * @param paid as {@link ImageRequest#paid}
 */
public record EditRequest(
    Picture picture, String instruction, Duration timeout, Consumer<ResultAddress> paid) {

  /** A request of which it does not matter whether its picture is paid for again. */
  public EditRequest(Picture picture, String instruction, Duration timeout) {
    this(picture, instruction, timeout, address -> {});
  }

  public EditRequest {
    Objects.requireNonNull(paid, "paid");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(instruction, "instruction");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }
}
