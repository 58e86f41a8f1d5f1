package io.maquette.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The port for pictures: turns one variant of a prompt into one picture.
 *
 * <p>Calls are made outside any transaction. An implementation ends on its own before {@link
 * ImageRequest#timeout()} and honours an interrupt of the calling thread.
 */
public interface ImageProvider extends PictureProvider {

  /**
   * Makes one picture.
   *
   * @throws ProviderException with the {@link Problem} that says what may be done about it
   */
  Drawing generate(ImageRequest request) throws ProviderException;

  /**
   * Looks for a picture of which nobody knows whether the provider made it, before another one is
   * paid for.
   *
   * @param request as it was submitted
   * @param submittedAt when that was
   * @param isKnown whether a job is another submission's
   * @return empty if the provider has none, or no list to look it up in
   * @throws ProviderException if that cannot be told for now
   */
  default Optional<Drawing> find(
      ImageRequest request, Instant submittedAt, Predicate<String> isKnown)
      throws ProviderException {
    return Optional.empty();
  }
}
