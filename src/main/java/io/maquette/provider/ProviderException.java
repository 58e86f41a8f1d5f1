package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Failure of a call to a provider; {@link #problem()} decides how to proceed. */
public class ProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final Duration retryAfter;

  public ProviderException(Problem problem, String message) {
    this(problem, message, null, null);
  }

  public ProviderException(Problem problem, String message, Throwable cause) {
    this(problem, message, null, cause);
  }

  /**
   * Creates a failure with all details.
   *
   * @param message the provider's own words, for operators; free of secrets
   * @param retryAfter wait that the provider requests; null if it requests none
   */
  public ProviderException(Problem problem, String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.problem = Objects.requireNonNull(problem, "problem");
    this.retryAfter = retryAfter;
  }

  /** Creates the failure of a remote provider from its words only. */
  public static ProviderException of(Problem problem, String message) {
    return of(problem, message, null, null);
  }

  /**
   * Creates the failure of a remote provider: an {@link OutageException} for an outage, an {@link
   * OperatorException} for a problem that an operator must fix.
   *
   * @param message the provider's own words, for operators; free of secrets
   * @param retryAfter wait that the provider requests; null if it requests none
   * @param cause may be null
   */
  public static ProviderException of(
      Problem problem, String message, Duration retryAfter, Throwable cause) {
    return switch (problem) {
      case UNAVAILABLE, OUTCOME_UNKNOWN -> new OutageException(problem, message, retryAfter, cause);
      case THROTTLED, REFUSED -> new ProviderException(problem, message, retryAfter, cause);
      case UNAUTHORISED, OUT_OF_CREDIT, MISCONFIGURED, RETIRED ->
          new OperatorException(problem, null, message);
    };
  }

  public Problem problem() {
    return problem;
  }

  /** Returns the wait that the provider requests, if any. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
