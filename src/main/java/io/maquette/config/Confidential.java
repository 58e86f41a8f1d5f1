package io.maquette.config;

/**
 * A parameter of a log's message that is for whoever reads the server's own log. What is written as
 * JSON, to be collected elsewhere, leaves it out.
 *
 * @param value e.g. a password that is told once
 */
public record Confidential(String value) {

  /** What stands for it where it is left out. */
  public static final String LEFT_OUT = "***";

  @Override
  public String toString() {
    return value;
  }
}
