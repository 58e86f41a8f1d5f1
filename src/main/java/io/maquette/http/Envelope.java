package io.maquette.http;

import java.nio.charset.StandardCharsets;

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

  /**
   * Returns the text of a body without a message.
   *
   * @param json JSON of the data
   */
  public static byte[] ofJson(String json) {
    return ("{\"success\":true,\"data\":" + json + ",\"message\":null}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Creates a body with a message for the user. */
  public static Envelope of(Object data, String message) {
    return new Envelope(true, data, message);
  }
}
