package io.maquette.asset;

import java.io.IOException;

/**
 * A result file could not be fetched from where it lies; our own store has nothing to do with it.
 */
public class ResultFetchException extends IOException {
  private static final long serialVersionUID = 1L;

  public ResultFetchException(String message) {
    super(message);
  }

  public ResultFetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
