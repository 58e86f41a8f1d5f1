package io.maquette.provider;

import java.io.IOException;
import java.io.InputStream;

/**
 * Finished file at the provider, which is copied to the application's own store before users are
 * notified.
 */
@FunctionalInterface
public interface ResultFile {

  /**
   * Opens the file for reading; the caller closes it.
   *
   * @throws IOException if it is no longer available
   */
  InputStream open() throws IOException;
}
