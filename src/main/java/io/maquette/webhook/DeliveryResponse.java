package io.maquette.webhook;

import java.time.Duration;

/**
 * What came of sending something.
 *
 * @param code the HTTP status; null if there was no answer
 * @param words how the answer began, or why there was none; at most {@link Delivery#ANSWER_LENGTH}
 *     characters
 * @param retryAfter how long the receiver asks to be left alone; null if it does not
 */
public record DeliveryResponse(Integer code, String words, Duration retryAfter) {

  private static final int GONE = 410;

  public DeliveryResponse {
    String visible = words == null ? "" : words.replaceAll("\\p{Cntrl}+", " ").strip();
    words = visible.substring(0, Math.min(visible.length(), Delivery.ANSWER_LENGTH));
  }

  static DeliveryResponse none(String why) {
    return new DeliveryResponse(null, why, null);
  }

  boolean isAcceptance() {
    return code != null && code >= 200 && code < 300;
  }

  /** Whether the receiver says that it wants nothing any more. */
  boolean isGone() {
    return code != null && code == GONE;
  }
}
