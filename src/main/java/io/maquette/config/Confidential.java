package io.maquette.config;

/**
 * Parameter of a log message that only the server's own log may contain. The JSON log, which is
 * collected by other systems, leaves it out.
 *
 * @param value e.g. a password that is shown only once
 */
public record Confidential(String value) {

  /** Text that the JSON log has in its place. */
  public static final String LEFT_OUT = "***";

  @Override
  public String toString() {
    return value;
  }
}
