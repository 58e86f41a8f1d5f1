package io.maquette.webhook;

import java.time.Duration;

/**
 * Result of one attempt.
 *
 * @param code HTTP status; null without an answer
 * @param text beginning of the answer, or why there was none; at most {@link
 *     Delivery#ANSWER_LENGTH} characters
 * @param retryAfter waiting time that the receiver asks for; null if it asks for none
 */
public record DeliveryResponse(Integer code, String text, Duration retryAfter) {

  private static final int GONE = 410;

  public DeliveryResponse {
    String visible = text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ").strip();
    text = visible.substring(0, Math.min(visible.length(), Delivery.ANSWER_LENGTH));
  }

  static DeliveryResponse none(String why) {
    return new DeliveryResponse(null, why, null);
  }

  boolean isAcceptance() {
    return code != null && code >= 200 && code < 300;
  }

  /** Returns whether the receiver wants no further messages (410 Gone). */
  boolean isGone() {
    return code != null && code == GONE;
  }
}
