package io.maquette.mesh;

import java.io.IOException;
import java.util.List;

/**
 * Failure to read or convert a model file. The message is for logs, in English; users read the text
 * of the {@link ModelFault}.
 */
public class InvalidModelFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final ModelFault fault;
  private final transient List<Object> arguments;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, for logs
   * @param arguments values in the fault's text: a limit, an extension
   */
  public InvalidModelFileException(ModelFault fault, String message, Object... arguments) {
    super(message);
    this.fault = fault;
    this.arguments = List.of(arguments);
  }

  /** Creates the exception for a damaged file. */
  public InvalidModelFileException(String message) {
    this(ModelFault.DAMAGED, message);
  }

  /** Creates the exception for a file that a library or the JSON binding could not read. */
  public InvalidModelFileException(String message, Throwable cause) {
    this(ModelFault.DAMAGED, message);
    initCause(cause);
  }

  /** Returns the reason. */
  public ModelFault fault() {
    return fault;
  }

  /** Returns the values in the fault's text. */
  public Object[] arguments() {
    return arguments == null ? new Object[0] : arguments.toArray();
  }
}
