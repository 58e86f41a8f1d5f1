package io.maquette.provider;

import io.maquette.option.ImageOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Request for one picture.
 *
 * @param prompt the variant of the user's sentence to draw; not blank
 * @param index index of the picture in the task, 0 to 3
 * @param timeout time limit of the provider; positive
 * @param paid receives the picture's address before the download, so that no later failure causes a
 *     second payment
 * @param options options of the user; the caller has checked that the provider accepts them
 */
public record ImageRequest(
    String prompt,
    int index,
    Duration timeout,
    Consumer<ResultAddress> paid,
    ImageOptions options) {

  /** Creates a request without options. */
  public ImageRequest(String prompt, int index, Duration timeout, Consumer<ResultAddress> paid) {
    this(prompt, index, timeout, paid, ImageOptions.NONE);
  }

  /**
   * Creates a request whose result address needs no record, because a repeated payment does not
   * matter.
   */
  public ImageRequest(String prompt, int index, Duration timeout) {
    this(prompt, index, timeout, address -> {});
  }

  public ImageRequest {
    Objects.requireNonNull(paid, "paid");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(prompt, "prompt");
    if (index < 0 || index > 3) {
      throw new IllegalArgumentException("index must be 0 to 3: " + index);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }
}
