package io.maquette.provider;

/**
 * The port for pictures: turns one variant of a prompt into one picture.
 *
 * <p>Calls are made outside any transaction. An implementation ends on its own before {@link
 * ImageRequest#timeout()} and honours an interrupt of the calling thread.
 */
public interface ImageProvider extends Provider {

  /**
   * Makes one picture.
   *
   * @throws ProviderException with the {@link Problem} that says what may be done about it
   */
  Picture generate(ImageRequest request) throws ProviderException;

  /** Whether a submission may cost money, so that none is repeated without need. */
  default boolean costs() {
    return true;
  }
}
