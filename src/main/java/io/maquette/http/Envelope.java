package io.maquette.http;

/**
 * Body of every successful JSON response.
 *
 * @param success always true
 * @param data the requested data
 * @param message text for the user; may be null
 */
public record Envelope(boolean success, Object data, String message) {
  /** Creates a body without a message. */
  public static Envelope of(Object data) {
    return new Envelope(true, data, null);
  }

  /** Creates a body with a message for the user. */
  public static Envelope of(Object data, String message) {
    return new Envelope(true, data, message);
  }
}
