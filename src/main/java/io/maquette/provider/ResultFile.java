package io.maquette.provider;

import java.io.IOException;
import java.io.InputStream;

/** A finished file at the provider, to be copied into our own store before anyone is told. */
@FunctionalInterface
public interface ResultFile {

  /**
   * Opens the file for reading; the caller closes it.
   *
   * @throws IOException if it can no longer be had
   */
  InputStream open() throws IOException;
}
