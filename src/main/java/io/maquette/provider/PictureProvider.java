package io.maquette.provider;

import java.time.Duration;

/** What the ports for pictures have in common. */
public interface PictureProvider extends Provider {

  /**
   * Fetches a picture that the provider has made and was paid for, without submitting anything.
   *
   * @param url where it lies, as {@link ResultAddress#url}
   * @param timeout how long that may take; positive
   * @throws ResultNotFetchedException if that failed; it may be tried again
   * @throws IllegalStateException if pictures of this provider come with its answers
   */
  default Picture fetch(String url, Duration timeout) throws ResultNotFetchedException {
    throw new IllegalStateException("pictures of " + name() + " come with its answers");
  }
}
