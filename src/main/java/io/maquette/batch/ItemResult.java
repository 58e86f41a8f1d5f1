package io.maquette.batch;

/**
 * Result of one item of a batch job.
 *
 * @param tally counter of the item
 * @param subject subject of the report line; null for no line
 * @param outcome outcome in capitals; null for no line
 * @param detail details; may be null
 */
public record ItemResult(Tally tally, String subject, String outcome, String detail) {

  /** Counter of an item. */
  public enum Tally {
    /** Processed without a change. */
    READ,
    /** Processed with a change. */
    WRITTEN,
    /** Not processed; too many of these fail the run. */
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
