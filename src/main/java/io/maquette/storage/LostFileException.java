package io.maquette.storage;

import java.io.IOException;

/** The store answers, but the file it has is not the one that was stored. */
public class LostFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final FileFault fault;

  /**
   * A file that cannot be used.
   *
   * @param cause what the store said; may be null
   */
  public LostFileException(String key, FileFault fault, Throwable cause) {
    super("the stored file is " + fault + ": " + key, cause);
    this.key = key;
    this.fault = fault;
  }

  /** The file's key in the store. */
  public String key() {
    return key;
  }

  public FileFault fault() {
    return fault;
  }
}
