package io.maquette.worker.control;

import io.maquette.provider.Problem;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * State of an open or half-open circuit breaker of a provider.
 *
 * @param reason why it opened
 * @param since when this reason began
 * @param until when it becomes half-open
 * @param words the provider's error text, for operators
 */
public record ProviderOutage(Reason reason, Instant since, Instant until, String words) {

  /** Reason why a provider receives no tasks. */
  public enum Reason {
    /** An operator has paused the provider. */
    PAUSED,
    /** The provider asked for a pause, or its limit of jobs is reached. */
    BUSY,
    /** Requests to the provider failed repeatedly. */
    DOWN,
    /** The provider does not accept our API key; an operator must act. */
    UNAUTHORISED,
    /** The provider's account has no credit; an operator must act. */
    OUT_OF_CREDIT,
    /** A setting does not fit the provider; an operator must act. */
    MISCONFIGURED,
    /**
     * The provider no longer offers the requested model, action or version; an operator must act.
     */
    RETIRED,
    /** Paid results cannot be fetched, so no further ones are ordered. */
    UNFETCHED;

    private static final Set<Reason> FOR_OPERATOR =
        EnumSet.of(UNAUTHORISED, OUT_OF_CREDIT, MISCONFIGURED, RETIRED, UNFETCHED);

    /** Returns whether tasks wait until an operator has acted. */
    public boolean isForOperator() {
      return FOR_OPERATOR.contains(this);
    }

    /** Returns the reason for a problem that only an operator can solve. */
    public static Reason of(Problem problem) {
      return valueOf(problem.name());
    }
  }
}
