package io.maquette.provider;

/**
 * Kind of a provider failure, from a closed set. Only this value determines retry, backoff, the
 * text for the user and the task's {@code errorCode}. Each provider maps its own codes to it in one
 * place.
 */
public enum Problem {
  /** Too many calls or jobs for now: wait, then retry. */
  THROTTLED(true, false),
  /** The request itself is not acceptable (invalid input, content policy): a retry is useless. */
  REFUSED(false, false),
  /** The key is missing, wrong or has insufficient rights. */
  UNAUTHORISED(false, true),
  /** The account has no credit left. */
  OUT_OF_CREDIT(false, true),
  /** A setting does not fit the provider: address, size, an unsupported parameter. */
  MISCONFIGURED(false, true),
  /** The provider no longer offers the requested model, action or version. */
  RETIRED(false, true),
  /** The provider cannot be reached or has a failure: retry. */
  UNAVAILABLE(true, false),
  /** The call broke off after the provider may have accepted it. */
  OUTCOME_UNKNOWN(true, false);

  private final boolean passing;
  private final boolean forOperator;

  Problem(boolean passing, boolean forOperator) {
    this.passing = passing;
    this.forOperator = forOperator;
  }

  /** Returns whether the same request may succeed later without any intervention. */
  public boolean isPassing() {
    return passing;
  }

  /**
   * Returns whether only an operator can fix it. It concerns every task of the provider: the
   * circuit breaker opens with this problem as its reason, and tasks wait without using up retries.
   */
  public boolean isForOperator() {
    return forOperator;
  }
}
