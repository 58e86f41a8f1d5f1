package io.maquette.provider;

/**
 * The port for changes to pictures: makes a new version of one, as somebody's words say.
 *
 * <p>Calls are made outside any transaction. An implementation ends on its own before {@link
 * EditRequest#timeout()} and honours an interrupt of the calling thread.
 */
public interface ImageEditor extends PictureProvider {

  /**
   * Makes a new version.
   *
   * @throws ProviderException with the {@link Problem} that says what may be done about it
   */
  Drawing edit(EditRequest request) throws ProviderException;
}
