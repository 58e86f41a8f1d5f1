package io.maquette.batch;

/**
 * What came of an item of a job.
 *
 * @param tally how it counts
 * @param subject what its line in the report is about; null for no line
 * @param outcome in capitals; null for no line
 * @param detail may be null
 */
public record ItemResult(Tally tally, String subject, String outcome, String detail) {

  /** How an item counts. */
  public enum Tally {
    /** It was looked at; nothing had to be done. */
    READ,
    /** Something was done. */
    WRITTEN,
    /** It could not be done; too many of these end the run. */
    SKIPPED
  }

  public static final ItemResult READ = new ItemResult(Tally.READ, null, null, null);
  public static final ItemResult WRITTEN = new ItemResult(Tally.WRITTEN, null, null, null);

  public static ItemResult read(Object subject, String outcome, String detail) {
    return new ItemResult(Tally.READ, subject.toString(), outcome, detail);
  }

  public static ItemResult written(Object subject, String outcome, String detail) {
    return new ItemResult(Tally.WRITTEN, subject.toString(), outcome, detail);
  }

  public static ItemResult skipped(Object subject, String outcome, String detail) {
    return new ItemResult(Tally.SKIPPED, subject.toString(), outcome, detail);
  }
}
