package io.maquette.provider;

import java.util.Objects;

/**
 * A picture that a provider has made.
 *
 * @param picture what it shows
 * @param jobId what the provider knows it by; null where it has no such thing
 * @param requestId what the provider's support asks for; null where it told none
 * @param remark what the user should know of it; null where there is nothing
 */
public record Drawing(Picture picture, String jobId, String requestId, Remark remark) {
  public Drawing {
    Objects.requireNonNull(picture, "picture");
  }

  /** One of which there is nothing to say. */
  public Drawing(Picture picture, String jobId, String requestId) {
    this(picture, jobId, requestId, null);
  }
}
