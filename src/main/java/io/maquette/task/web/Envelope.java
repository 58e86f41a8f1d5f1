package io.maquette.task.web;

/**
 * Every answer that is no error.
 *
 * @param success always true
 * @param data what was asked for
 * @param message for people; may be null
 */
public record Envelope(boolean success, Object data, String message) {
  static Envelope of(Object data) {
    return new Envelope(true, data, null);
  }

  static Envelope of(Object data, String message) {
    return new Envelope(true, data, message);
  }
}
