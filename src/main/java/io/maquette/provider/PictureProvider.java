package io.maquette.provider;

import java.time.Duration;

/** Common part of the ports for pictures. */
public interface PictureProvider extends Provider {

  /**
   * Downloads a picture that the provider has already made and charged, without a new submission.
   *
   * @param url address of the picture, same as {@link ResultAddress#url}
   * @param timeout time limit; positive
   * @throws ResultNotFetchedException if the download failed; it may be repeated
   * @throws IllegalStateException if this provider sends pictures inside its answers
   */
  default Picture fetch(String url, Duration timeout) throws ResultNotFetchedException {
    throw new IllegalStateException(name() + " sends pictures inside its answers");
  }
}
