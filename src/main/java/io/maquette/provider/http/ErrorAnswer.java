package io.maquette.provider.http;

import java.time.Duration;
import java.util.Optional;

/** Failure response of a provider: an HTTP status other than success, or an HTML page. */
public class ErrorAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;
  private final Duration retryAfter;
  private final String requestId;
  private final String successor;

  /**
   * Creates a failure.
   *
   * @param status HTTP status, 300 or more; less if the answer is an HTML page
   * @param body its first characters; may be empty
   * @param retryAfter value of the header; null if it is missing
   * @param requestId id that the provider's support asks for; null if no header has it
   */
  public ErrorAnswer(int status, String body, Duration retryAfter, String requestId) {
    this(status, body, retryAfter, requestId, null);
  }

  /**
   * Creates a failure that names a successor of what was called.
   *
   * @param status HTTP status, 300 or more
   * @param body its first characters; may be empty
   * @param retryAfter value of the header; null if it is missing
   * @param requestId id that the provider's support asks for; null if no header has it
   * @param successor address of the successor; null if no header has it
   */
  ErrorAnswer(int status, String body, Duration retryAfter, String requestId, String successor) {
    super("HTTP " + status);
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
    this.successor = successor;
  }

  /** Creates the failure for an HTML page with a success status. */
  static ErrorAnswer page(String text) {
    return new ErrorAnswer(200, text, null, null);
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the first characters of the body, usually JSON. */
  public String body() {
    return body;
  }

  /** Returns whether the body is an HTML page, which no provider's interface sends. */
  public boolean isHtml() {
    return AnswerText.isHtml(body.replaceFirst("^\\uFEFF", "").strip());
  }

  /** Describes the request by its id, for operators; null if no header has one. */
  public String request() {
    return requestId == null ? null : "request " + requestId;
  }

  /** Returns the address of the successor that the provider names, if any. */
  Optional<String> successor() {
    return Optional.ofNullable(successor);
  }

  /** Returns the wait that the provider requests, if any. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
