package io.maquette.provider;

/**
 * The closed set of what can go wrong at a provider. Retry, backoff, the text for people and the
 * task's {@code errorCode} follow from it alone; each provider maps its own codes onto it in one
 * place.
 */
public enum Problem {
  /** Too many calls or jobs for now: wait, then try again. */
  THROTTLED(true),
  /** The request itself is not acceptable (bad input, content policy): trying again is useless. */
  REFUSED(false),
  /** The key is missing, wrong or not entitled: an operator must act. */
  UNAUTHORISED(false),
  /** The account has no credit left: an operator must act. */
  OUT_OF_CREDIT(false),
  /** The provider cannot be reached or is in trouble: try again. */
  UNAVAILABLE(true),
  /** The call broke off after it may have been accepted. */
  OUTCOME_UNKNOWN(true);

  private final boolean passing;

  Problem(boolean passing) {
    this.passing = passing;
  }

  /** Whether the same request may succeed later. */
  public boolean isPassing() {
    return passing;
  }
}
