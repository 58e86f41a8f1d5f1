package io.maquette.provider;

/**
 * The closed set of what can go wrong at a provider. Retry, backoff, the text for people and the
 * task's {@code errorCode} follow from it alone; each provider maps its own codes onto it in one
 * place.
 */
public enum Problem {
  /** Too many calls or jobs for now: wait, then try again. */
  THROTTLED(true, false),
  /** The request itself is not acceptable (bad input, content policy): trying again is useless. */
  REFUSED(false, false),
  /** The key is missing, wrong or not entitled. */
  UNAUTHORISED(false, true),
  /** The account has no credit left. */
  OUT_OF_CREDIT(false, true),
  /** A setting does not fit the provider: address, size, an unsupported parameter. */
  MISCONFIGURED(false, true),
  /** The provider no longer has the model, action or version that we ask for. */
  RETIRED(false, true),
  /** The provider cannot be reached or is in trouble: try again. */
  UNAVAILABLE(true, false),
  /** The call broke off after it may have been accepted. */
  OUTCOME_UNKNOWN(true, false);

  private final boolean passing;
  private final boolean forOperator;

  Problem(boolean passing, boolean forOperator) {
    this.passing = passing;
    this.forOperator = forOperator;
  }

  /** Whether the same request may succeed later without anybody's help. */
  public boolean isPassing() {
    return passing;
  }

  /**
   * Whether only an operator can solve it. It concerns every task of the provider: the circuit
   * breaker opens with this problem as its reason, and tasks wait without using up retries.
   */
  public boolean isForOperator() {
    return forOperator;
  }
}
