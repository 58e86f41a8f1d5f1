package io.maquette.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * What a provider says of a job. The four words are the wire's; they are translated into the
 * business status by the worker and never stored or shown.
 *
 * @param phase where the job is
 * @param progress percentage 0 to 100; where a provider has none of its own, WAIT is 0, RUN 50 and
 *     DONE 100
 * @param result the finished file, present exactly when the phase is DONE
 * @param preview a picture of the finished model; null where the provider has none
 * @param credits what the job cost in the provider's own unit; null where it does not tell
 * @param problem why it failed, present exactly when the phase is FAIL
 */
public record JobState(
    Phase phase,
    int progress,
    ResultFile result,
    ResultFile preview,
    BigDecimal credits,
    ProviderException problem) {

  /** As the column of the database, {@code numeric(12, 4)}, has room for. */
  private static final int CREDIT_PLACES = 4;

  private static final BigDecimal MOST_CREDITS = new BigDecimal("99999999");

  /** A job's phases in the order it passes them; FAIL may follow any but DONE. */
  public enum Phase {
    WAIT,
    RUN,
    DONE,
    FAIL
  }

  public JobState {
    Objects.requireNonNull(phase, "phase");
    if (progress < 0 || progress > 100) {
      throw new IllegalArgumentException("progress must be 0 to 100: " + progress);
    }
    if ((phase == Phase.DONE) != (result != null)) {
      throw new IllegalArgumentException("a result belongs to DONE and to nothing else");
    }
    if ((phase == Phase.FAIL) != (problem != null)) {
      throw new IllegalArgumentException("a problem belongs to FAIL and to nothing else");
    }
  }

  /** The job waits at the provider. */
  public static JobState waiting() {
    return new JobState(Phase.WAIT, 0, null, null, null, null);
  }

  /** The job runs, at a provider that gives a percentage. */
  public static JobState running(int progress) {
    return new JobState(Phase.RUN, progress, null, null, null, null);
  }

  /** The job runs, at a provider that gives no percentage. */
  public static JobState running() {
    return running(50);
  }

  /** The job is done and its file can be fetched. */
  public static JobState done(ResultFile result) {
    return done(result, null, null);
  }

  /**
   * The job is done, at a provider that has a preview or tells the cost.
   *
   * @param preview may be null
   * @param credits may be null; a number that no job can cost counts as null, so that it does not
   *     spoil a model that is there
   */
  public static JobState done(ResultFile result, ResultFile preview, BigDecimal credits) {
    return new JobState(Phase.DONE, 100, result, preview, plausible(credits), null);
  }

  private static BigDecimal plausible(BigDecimal credits) {
    return credits == null || credits.signum() < 0 || credits.compareTo(MOST_CREDITS) > 0
        ? null
        : credits.setScale(
            Math.min(CREDIT_PLACES, Math.max(0, credits.scale())), RoundingMode.HALF_UP);
  }

  /** The job has failed. */
  public static JobState failed(ProviderException problem) {
    return new JobState(Phase.FAIL, 0, null, null, null, problem);
  }
}
