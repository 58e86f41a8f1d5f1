package io.maquette.provider.http;

import io.maquette.provider.Problem;

/**
 * Mapper of HTTP status codes to problems, for answers without a provider's own code (RFC 9110, RFC
 * 6585).
 */
public final class HttpProblems {

  private HttpProblems() {}

  /**
   * Returns the problem of an answer to a submission.
   *
   * <p>HTTP 500, 501, 503 and other 5xx are the provider's own statement that it did not process
   * the request: UNAVAILABLE, retried by the setting. A gateway's 502 or 504 means that it lost the
   * provider's answer: OUTCOME_UNKNOWN. The same applies to 408 at gateways like LiteLLM, and to
   * 520 and 524 at Cloudflare. Cloudflare's 521 to 523, 525, 526 and 530 mean that it did not reach
   * the provider.
   *
   * @param status 300 or more
   */
  public static Problem ofSubmission(int status) {
    return switch (status) {
      case 401, 403 -> Problem.UNAUTHORISED;
      case 402 -> Problem.OUT_OF_CREDIT;
      case 429 -> Problem.THROTTLED;
      case 425 -> Problem.UNAVAILABLE;
      case 408, 499, 502, 504, 520, 524, 598 -> Problem.OUTCOME_UNKNOWN;
      default -> status >= 500 ? Problem.UNAVAILABLE : Problem.REFUSED;
    };
  }

  /** Returns the problem of an answer to a query, which may be repeated freely. */
  public static Problem ofQuestion(int status) {
    Problem problem = ofSubmission(status);
    return problem == Problem.OUTCOME_UNKNOWN ? Problem.UNAVAILABLE : problem;
  }
}
