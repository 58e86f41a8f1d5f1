package io.maquette.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * State of a provider job. The worker translates the phase into the task's status; the phase is
 * never stored or shown.
 *
 * @param phase the job's phase, with the name that the wire uses
 * @param progress percentage 0 to 100; if the provider reports none, WAIT is 0, RUN 50 and DONE 100
 * @param result the finished file, present exactly if the phase is DONE
 * @param preview picture of the finished model; null if the provider has none
 * @param credits cost of the job in the provider's own unit; null if the provider does not report
 *     it
 * @param problem reason of the failure, present exactly if the phase is FAIL
 */
public record JobState(
    Phase phase,
    int progress,
    ResultFile result,
    ResultFile preview,
    BigDecimal credits,
    ProviderException problem) {

  /** Decimal places of the database column, {@code numeric(12, 4)}. */
  private static final int CREDIT_PLACES = 4;

  private static final BigDecimal MAX_CREDITS = new BigDecimal("99999999");

  /** Phase of a job, in the order of its progress; FAIL may follow any but DONE. */
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
      throw new IllegalArgumentException("only the state DONE has a result");
    }
    if ((phase == Phase.FAIL) != (problem != null)) {
      throw new IllegalArgumentException("only the state FAIL has a problem");
    }
  }

  /** Creates the state of a job that queues at the provider. */
  public static JobState waiting() {
    return new JobState(Phase.WAIT, 0, null, null, null, null);
  }

  /** Creates the state of a running job, for a provider that reports a percentage. */
  public static JobState running(int progress) {
    return new JobState(Phase.RUN, progress, null, null, null, null);
  }

  /** Creates the state of a running job, for a provider that reports no percentage. */
  public static JobState running() {
    return running(50);
  }

  /** Creates the state of a finished job whose file can be fetched. */
  public static JobState done(ResultFile result) {
    return done(result, null, null);
  }

  /**
   * Creates the state of a finished job, for a provider with a preview or a cost.
   *
   * @param preview may be null
   * @param credits may be null; an impossible number counts as null, so that it does not invalidate
   *     a finished model
   */
  public static JobState done(ResultFile result, ResultFile preview, BigDecimal credits) {
    return new JobState(Phase.DONE, 100, result, preview, plausible(credits), null);
  }

  private static BigDecimal plausible(BigDecimal credits) {
    return credits == null || credits.signum() < 0 || credits.compareTo(MAX_CREDITS) > 0
        ? null
        : credits.setScale(
            Math.min(CREDIT_PLACES, Math.max(0, credits.scale())), RoundingMode.HALF_UP);
  }

  /** Creates the state of a failed job. */
  public static JobState failed(ProviderException problem) {
    return new JobState(Phase.FAIL, 0, null, null, null, problem);
  }
}
