package io.maquette.storage;

import java.io.IOException;

/** Failure of the store to return the content that was stored. */
public class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedFileException(String key) {
    super("the store returns other content than was stored: " + key);
  }
}
