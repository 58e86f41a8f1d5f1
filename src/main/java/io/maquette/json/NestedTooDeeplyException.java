package io.maquette.json;

/** Failure to read a JSON text whose objects and arrays are nested too deeply. */
public class NestedTooDeeplyException extends InvalidJsonException {
  private static final long serialVersionUID = 1L;

  NestedTooDeeplyException(int maxDepth) {
    super("the JSON text is nested more than " + maxDepth + " deep");
  }
}
