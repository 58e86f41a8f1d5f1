package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A provider did not do what was asked; {@link #problem()} says what may be done about it. */
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
   * A problem with everything known about it.
   *
   * @param message the provider's own words, for operators; free of secrets
   * @param retryAfter how long the provider asks to be left alone; null where it did not say
   */
  public ProviderException(Problem problem, String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.problem = Objects.requireNonNull(problem, "problem");
    this.retryAfter = retryAfter;
  }

  /** A problem of a provider over the network of which only the words are known. */
  public static ProviderException of(Problem problem, String message) {
    return of(problem, message, null, null);
  }

  /**
   * A problem of a provider over the network; one that tells of an outage is an {@link
   * OutageException}, one for an operator an {@link OperatorException}.
   *
   * @param message as above
   * @param retryAfter as above
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

  /** How long the provider asks to be left alone, where it said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
