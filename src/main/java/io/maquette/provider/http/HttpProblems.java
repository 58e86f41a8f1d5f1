package io.maquette.provider.http;

import io.maquette.provider.Problem;

/** What an HTTP status says where a provider has no code of its own (RFC 9110, RFC 6585). */
public final class HttpProblems {

  private HttpProblems() {}

  /**
   * The problem of an answer to a submission.
   *
   * <p>A provider that answers with HTTP 500, 501, 503 or another 5xx says itself that it did not
   * do what was asked: UNAVAILABLE, tried again by the setting. A gateway in front of it that says
   * 502 or 504 has lost the provider's answer: OUTCOME_UNKNOWN. 408 means the same at gateways like
   * LiteLLM, and 520 and 524 at Cloudflare. Cloudflare's 521 to 523, 525, 526 and 530 say that it
   * did not get through to the provider.
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

  /** The problem of an answer to a question, which may be asked again at will. */
  public static Problem ofQuestion(int status) {
    Problem problem = ofSubmission(status);
    return problem == Problem.OUTCOME_UNKNOWN ? Problem.UNAVAILABLE : problem;
  }
}
