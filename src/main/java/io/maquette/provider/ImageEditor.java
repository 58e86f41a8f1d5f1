package io.maquette.provider;

/**
 * Port for changes to pictures: makes a new version of a picture from a user's instruction.
 *
 * <p>Calls are made outside any transaction. An implementation returns before {@link
 * EditRequest#timeout()} by itself and honours an interrupt of the calling thread.
 */
public interface ImageEditor extends PictureProvider {

  /**
   * Makes a new version.
   *
   * @throws ProviderException with the {@link Problem}, which decides how to proceed
   */
  GeneratedPicture edit(EditRequest request) throws ProviderException;
}
