package io.maquette.asset;

import java.io.IOException;

/** A file that was to be a model is none; the message says what is wrong with it. */
public class InvalidModelFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public InvalidModelFileException(String message) {
    super(message);
  }

  public InvalidModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
