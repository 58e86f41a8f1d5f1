package io.maquette.storage;

import java.io.IOException;

/**
 * Failure to read a file from an available store: the file is missing, or differs from what was
 * stored.
 */
public class LostFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final FileFault fault;

  /**
   * Creates the failure.
   *
   * @param cause the store's exception; may be null
   */
  public LostFileException(String key, FileFault fault, Throwable cause) {
    super("the stored file is " + fault + ": " + key, cause);
    this.key = key;
    this.fault = fault;
  }

  /** Returns the file's key in the store. */
  public String key() {
    return key;
  }

  public FileFault fault() {
    return fault;
  }
}
