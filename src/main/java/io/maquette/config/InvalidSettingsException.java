package io.maquette.config;

import java.util.List;

/** Failure to read settings because some are wrong; the message has a line for each of them. */
public class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidSettingsException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
