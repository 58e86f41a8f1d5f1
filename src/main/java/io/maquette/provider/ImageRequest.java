package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;

/**
 * One picture wanted.
 *
 * @param prompt the variant of the user's sentence to draw; not blank
 * @param index which of the task's four pictures this is, 0 to 3
 * @param timeout how long the provider may take; positive
 */
public record ImageRequest(String prompt, int index, Duration timeout) {
  public ImageRequest {
    Objects.requireNonNull(prompt, "prompt");
    if (index < 0 || index > 3) {
      throw new IllegalArgumentException("index must be 0 to 3: " + index);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }
}
