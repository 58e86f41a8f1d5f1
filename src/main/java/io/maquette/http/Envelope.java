package io.maquette.http;

/**
 * Every answer that is no error.
 *
 * @param success always true
 * @param data what was asked for
 * @param message for people; may be null
 */
public record Envelope(boolean success, Object data, String message) {
  /** Without a message. */
  public static Envelope of(Object data) {
    return new Envelope(true, data, null);
  }

  /** With a message for people. */
  public static Envelope of(Object data, String message) {
    return new Envelope(true, data, message);
  }
}
