package io.maquette.provider.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A provider answered, but with an HTTP status that says it did not do what was asked, or with a
 * page for people.
 */
public class ErrorAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;
  private final Duration retryAfter;
  private final String requestId;

  /**
   * An answer.
   *
   * @param status HTTP status, 300 or more; less if the answer is an HTML page
   * @param body its first characters; may be empty
   * @param retryAfter what its header of that name asks for; null if it has none
   * @param requestId what the provider's support asks for; null if no header tells it
   */
  public ErrorAnswer(int status, String body, Duration retryAfter, String requestId) {
    super("HTTP " + status);
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
  }

  /** An HTML page in place of an answer, with a status that says success. */
  static ErrorAnswer page(String text) {
    return new ErrorAnswer(200, text, null, null);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** The first characters of its body, most likely JSON. */
  public String body() {
    return body;
  }

  /** Whether its body is a page for people, which no provider's interface sends. */
  public boolean isHtml() {
    return AnswerText.isHtml(body.replaceFirst("^\\uFEFF", "").strip());
  }

  /** The request in words, for operators; null if no header names it. */
  public String request() {
    return requestId == null ? null : "request " + requestId;
  }

  /** How long the provider asks to be left alone, where it says so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
