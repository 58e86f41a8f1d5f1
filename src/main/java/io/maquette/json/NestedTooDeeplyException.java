package io.maquette.json;

/** A JSON text whose objects and arrays are nested more deeply than allowed. */
public class NestedTooDeeplyException extends InvalidJsonException {
  private static final long serialVersionUID = 1L;

  NestedTooDeeplyException(int maxDepth) {
    super("the JSON text is nested more than " + maxDepth + " deep");
  }
}
