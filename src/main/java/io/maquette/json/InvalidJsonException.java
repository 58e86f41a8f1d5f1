package io.maquette.json;

import java.io.IOException;

/** A text that is no complete JSON text. The message says why and never has a part of the text. */
public class InvalidJsonException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }
}
