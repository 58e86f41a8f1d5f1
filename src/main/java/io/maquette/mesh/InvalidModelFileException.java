package io.maquette.mesh;

import java.io.IOException;
import java.util.List;

/**
 * Failure to read or convert a model file. The message is for logs, in English; users read the text
 * of the {@link Fault}.
 */
public class InvalidModelFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final transient List<Object> arguments;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, for logs
   * @param arguments values in the fault's text: a limit, an extension
   */
  InvalidModelFileException(Fault fault, String message, Object... arguments) {
    super(message);
    this.fault = fault;
    this.arguments = List.of(arguments);
  }

  /** Creates the exception for a damaged file. */
  InvalidModelFileException(String message) {
    this(Fault.DAMAGED, message);
  }

  /** Creates the exception for a file that a library or the JSON binding could not read. */
  InvalidModelFileException(String message, Throwable cause) {
    this(Fault.DAMAGED, message);
    initCause(cause);
  }

  /** Returns the reason. */
  public Fault fault() {
    return fault;
  }

  /** Returns the values in the fault's text. */
  public Object[] arguments() {
    return arguments == null ? new Object[0] : arguments.toArray();
  }

  /**
   * Reason why a model file is refused or cannot be converted. {@code texts*.properties} has a
   * sentence for each, in every language, under {@code model-fault.} and its name.
   */
  public enum Fault {
    /** The file is not binary glTF 2.0. */
    NOT_GLB,
    /** The file breaks the glTF specification: offsets, indices or numbers out of range. */
    DAMAGED,
    /** No triangle can be drawn. */
    EMPTY,
    /** The file is larger than the reader accepts. */
    TOO_LARGE,
    /** The scene has more triangles than the reader accepts. */
    TOO_MANY_FACES,
    /** The scene has more nodes than the reader accepts. */
    TOO_MANY_NODES,
    /** The geometry is in another file, which is not stored. */
    EXTERNAL_DATA,
    /** The geometry is compressed with Draco, which only the viewer decodes. */
    DRACO,
    /** The file requires an extension that is not supported. */
    EXTENSION
  }
}
