package io.maquette.provider;

import java.util.Objects;

/**
 * Picture that a provider has made.
 *
 * @param picture the picture
 * @param jobId the provider's id of the job; null if the provider has none
 * @param requestId id that the provider's support asks for; null if the provider gave none
 * @param remark remark for the user; null for none
 */
public record GeneratedPicture(Picture picture, String jobId, String requestId, Remark remark) {
  public GeneratedPicture {
    Objects.requireNonNull(picture, "picture");
  }

  /** Creates a picture without a remark. */
  public GeneratedPicture(Picture picture, String jobId, String requestId) {
    this(picture, jobId, requestId, null);
  }
}
