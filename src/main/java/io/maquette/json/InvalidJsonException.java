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

  /** Failure to read a JSON text whose objects and arrays are nested too deeply. */
  public static class NestedTooDeeply extends InvalidJsonException {
    private static final long serialVersionUID = 1L;

    NestedTooDeeply(int maxDepth) {
      super("the JSON text is nested more than " + maxDepth + " deep");
    }
  }
}
