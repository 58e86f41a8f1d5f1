package io.maquette.json;

import java.io.IOException;

/**
 * Failure to read an incomplete or invalid JSON text. The message states the reason and never
 * contains a part of the text.
 */
public class InvalidJsonException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }
}
