package io.maquette.maintenance;

/**
 * What came of an item of a job.
 *
 * @param tally how it counts
 * @param subject what its line in the report is about; null for no line
 * @param outcome in capitals; null for no line
 * @param detail may be null
 */
public record Outcome(Tally tally, String subject, String outcome, String detail) {

  /** How an item counts. */
  public enum Tally {
    /** It was looked at; nothing had to be done. */
    READ,
    /** Something was done. */
    WRITTEN,
    /** It could not be done; too many of these end the run. */
    SKIPPED
  }

  static final Outcome READ = new Outcome(Tally.READ, null, null, null);
  static final Outcome WRITTEN = new Outcome(Tally.WRITTEN, null, null, null);

  static Outcome read(Object subject, String outcome, String detail) {
    return new Outcome(Tally.READ, subject.toString(), outcome, detail);
  }

  static Outcome written(Object subject, String outcome, String detail) {
    return new Outcome(Tally.WRITTEN, subject.toString(), outcome, detail);
  }

  static Outcome skipped(Object subject, String outcome, String detail) {
    return new Outcome(Tally.SKIPPED, subject.toString(), outcome, detail);
  }
}
