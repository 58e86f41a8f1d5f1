package io.maquette.provider.wire;

import io.maquette.provider.Problem;

/** What an HTTP status says where a provider has no code of its own (RFC 9110, RFC 6585). */
public final class HttpProblems {

  private HttpProblems() {}

  /**
   * The problem of an answer to a submission. A server that broke, or gave up waiting for another
   * one behind it, may have taken the job; one that says 503 has not.
   *
   * @param status 300 or more
   */
  public static Problem ofSubmission(int status) {
    return switch (status) {
      case 401, 403 -> Problem.UNAUTHORISED;
      case 402 -> Problem.OUT_OF_CREDIT;
      case 429 -> Problem.THROTTLED;
      case 503 -> Problem.UNAVAILABLE;
      case 408 -> Problem.OUTCOME_UNKNOWN;
      default -> status >= 500 ? Problem.OUTCOME_UNKNOWN : Problem.REFUSED;
    };
  }

  /** The problem of an answer to a question, which may be asked again at will. */
  public static Problem ofQuestion(int status) {
    Problem problem = ofSubmission(status);
    return problem == Problem.OUTCOME_UNKNOWN ? Problem.UNAVAILABLE : problem;
  }
}
