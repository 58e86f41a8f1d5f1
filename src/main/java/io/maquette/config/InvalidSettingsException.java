package io.maquette.config;

import java.util.List;

/** Some settings are wrong; the message has a line for each. */
public class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidSettingsException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
