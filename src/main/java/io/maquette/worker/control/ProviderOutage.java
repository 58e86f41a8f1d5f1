package io.maquette.worker.control;

import io.maquette.provider.Problem;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Why a provider is left alone for now.
 *
 * @param reason what it is
 * @param since when that began
 * @param until when it shall be tried again
 * @param words the provider's own, for operators
 */
public record ProviderOutage(Reason reason, Instant since, Instant until, String words) {

  /** What keeps tasks from a provider. */
  public enum Reason {
    /** An operator has paused it. */
    PAUSED,
    /** It asked for a pause, or has no room for another job. */
    BUSY,
    /** Calls to it failed again and again. */
    DOWN,
    /** It does not accept our key; an operator must act. */
    UNAUTHORISED,
    /** Its account is empty; an operator must act. */
    OUT_OF_CREDIT,
    /** A setting does not fit it; an operator must act. */
    MISCONFIGURED,
    /** It no longer has the model, action or version that we ask for; an operator must act. */
    RETIRED,
    /** Results that were paid for cannot be fetched, so that no more are paid for. */
    UNFETCHED;

    private static final Set<Reason> FOR_OPERATOR =
        EnumSet.of(UNAUTHORISED, OUT_OF_CREDIT, MISCONFIGURED, RETIRED, UNFETCHED);

    /** Whether tasks wait until an operator has acted. */
    public boolean isForOperator() {
      return FOR_OPERATOR.contains(this);
    }

    /** The reason that a problem for an operator is. */
    public static Reason of(Problem problem) {
      return valueOf(problem.name());
    }
  }
}
