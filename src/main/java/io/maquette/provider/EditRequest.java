package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Request for a new version of a picture.
 *
 * @param picture the current version
 * @param instruction the changes, in the user's words; not blank
 * @param timeout time limit of the provider; positive
 * @param paid same as {@link ImageRequest#paid}
 */
public record EditRequest(
    Picture picture, String instruction, Duration timeout, Consumer<ResultAddress> paid) {

  /**
   * Creates a request whose result address needs no record, because a repeated payment does not
   * matter.
   */
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
