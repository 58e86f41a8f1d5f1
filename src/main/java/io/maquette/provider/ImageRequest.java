package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One picture wanted.
 *
 * @param prompt the variant of the user's sentence to draw; not blank
 * @param index which of the task's four pictures this is, 0 to 3
 * @param timeout how long the provider may take; positive
 * @param paid is told where the picture lies before it is fetched from there, so that nothing that
 *     happens afterwards makes it be paid for again
 */
public record ImageRequest(
    String prompt, int index, Duration timeout, Consumer<ResultAddress> paid) {

  /** A request of which it does not matter whether its picture is paid for again. */
  public ImageRequest(String prompt, int index, Duration timeout) {
    this(prompt, index, timeout, address -> {});
  }

  public ImageRequest {
    Objects.requireNonNull(paid, "paid");
    Objects.requireNonNull(prompt, "prompt");
    if (index < 0 || index > 3) {
      throw new IllegalArgumentException("index must be 0 to 3: " + index);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }
}
