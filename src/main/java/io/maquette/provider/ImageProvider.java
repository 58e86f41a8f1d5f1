package io.maquette.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Port for pictures: makes one picture from one variant of a prompt.
 *
 * <p>Calls are made outside any transaction. An implementation returns before {@link
 * ImageRequest#timeout()} by itself and honours an interrupt of the calling thread.
 */
public interface ImageProvider extends PictureProvider {

  /** Returns the options that this provider accepts with the current settings. */
  default ImageCapabilities capabilities() {
    return ImageCapabilities.NONE;
  }

  /**
   * Makes one picture.
   *
   * @throws ProviderException with the {@link Problem}, which decides how to proceed
   */
  GeneratedPicture generate(ImageRequest request) throws ProviderException;

  /**
   * Looks up the picture of a submission with an unknown outcome, before another one is paid for.
   *
   * @param request the submitted request
   * @param submittedAt time of the submission
   * @param isKnown returns whether a job belongs to another submission
   * @return empty if the provider has no such picture, or no list to look it up in
   * @throws ProviderException if the provider cannot answer now
   */
  default Optional<GeneratedPicture> find(
      ImageRequest request, Instant submittedAt, Predicate<String> isKnown)
      throws ProviderException {
    return Optional.empty();
  }
}
