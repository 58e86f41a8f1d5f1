package io.maquette.task;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Refusal of a creation because the user's daily limit (UTC day) is reached; nothing was changed.
 */
@ApplicationException(rollback = true)
public class DailyLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  DailyLimitException(int limit, Instant now) {
    super(limit + " tasks were created today already");
    retryAfter = Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS));
  }

  /** Returns the time until the next UTC day. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
