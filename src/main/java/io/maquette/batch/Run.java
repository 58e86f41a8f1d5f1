package io.maquette.batch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * Run of a batch job, from start to end, over one or more executions.
 *
 * <p>While the run is active, a node owns it under a lease. The {@code fence} grows with each
 * execution and each loss of ownership; a chunk with an older fence is rejected. The {@code
 * checkpoint} is the position within the {@code step}. It moves in the transaction of the chunk, so
 * that a restart neither loses nor repeats work.
 */
@Entity
@Table(name = "maintenance_run")
public class Run {

  private static final int PROBLEM_LENGTH = 1000;

  @Id
  @GeneratedValue(generator = "maintenance_run_number")
  @SequenceGenerator(
      name = "maintenance_run_number",
      sequenceName = "maintenance_run_number",
      allocationSize = 1)
  private Long id;

  @Enumerated(EnumType.STRING)
  private BatchJobType job;

  @Enumerated(EnumType.STRING)
  private RunStatus status;

  private String parameters;

  @Column(name = "started_by")
  private String startedBy;

  private String node;

  @Column(name = "leased_until")
  private Instant leasedUntil;

  private long fence;
  private int step;
  private String checkpoint;

  @Column(name = "items_total")
  private Long total;

  @Column(name = "items_read")
  private long read;

  @Column(name = "items_written")
  private long written;

  @Column(name = "items_skipped")
  private long skipped;

  @Column(name = "skip_limit")
  private long skipLimit;

  @Column(name = "line_count")
  private long lines;

  private String problem;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "ended_at")
  private Instant endedAt;

  /** Required by JPA. */
  protected Run() {}

  Run(BatchJobType job, RunParameters parameters, long skipLimit, String startedBy, Instant now) {
    this.job = job;
    this.parameters = parameters.encode();
    this.skipLimit = skipLimit;
    this.startedBy = startedBy;
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  /** Starts or restarts the run on a node. */
  void start(String onNode, Instant now, Instant lease) {
    if (status != null && !status.isRestartable()) {
      throw new BatchException.WrongStatus(this);
    }
    status = RunStatus.RUNNING;
    node = onNode;
    leasedUntil = lease.truncatedTo(ChronoUnit.MICROS);
    startedAt = now.truncatedTo(ChronoUnit.MICROS);
    endedAt = null;
    problem = null;
    fence++;
  }

  /** Asks the run to end after its current chunk. */
  void requestStop() {
    if (!status.isActive()) {
      throw new BatchException.WrongStatus(this);
    }
    status = RunStatus.STOPPING;
  }

  /** Enters a step, unless the run has already entered this or a later one. */
  void enter(int stepIndex) {
    if (step < stepIndex) {
      step = stepIndex;
      checkpoint = null;
    }
  }

  /**
   * Records the number of items of the present step; items of earlier steps are already counted.
   */
  void expect(OptionalLong items) {
    if (checkpoint == null) {
      total = items.isPresent() ? Long.valueOf(read + items.getAsLong()) : null;
    }
  }

  void count(ItemResult outcome) {
    read++;
    switch (outcome.tally()) {
      case READ -> {}
      case WRITTEN -> written++;
      case SKIPPED -> skipped++;
    }
  }

  void reached(String position) {
    checkpoint = position;
  }

  /** Returns the number of the next line of the report. */
  long nextLine() {
    return ++lines;
  }

  /**
   * Ends the run and its lease.
   *
   * @param why reason; null after success
   */
  void end(RunStatus as, String why, Instant now) {
    status = as;
    problem =
        why == null || why.length() <= PROBLEM_LENGTH ? why : why.substring(0, PROBLEM_LENGTH);
    leasedUntil = null;
    endedAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  public Long id() {
    return id;
  }

  public BatchJobType job() {
    return job;
  }

  public RunStatus status() {
    return status;
  }

  public RunParameters parameters() {
    return RunParameters.decode(parameters);
  }

  /** Returns the actor that started the run: {@code operator:<account>} or {@code schedule}. */
  public String startedBy() {
    return startedBy;
  }

  /** Returns the node that owns the run, or owned it last. */
  public String node() {
    return node;
  }

  long fence() {
    return fence;
  }

  /** Returns the index of the present step, from 0. */
  int step() {
    return step;
  }

  /** Returns the position of the last completed item of the step; null before the first. */
  public String checkpoint() {
    return checkpoint;
  }

  /** Returns the number of items; null if unknown. */
  public Long total() {
    return total;
  }

  /** Returns the number of completed items. */
  public long read() {
    return read;
  }

  /** Returns the number of items with a change. */
  public long written() {
    return written;
  }

  /** Returns the number of skipped items. */
  public long skipped() {
    return skipped;
  }

  /** Returns the skip limit; a run with more skipped items fails. */
  public long skipLimit() {
    return skipLimit;
  }

  boolean hasSkippedTooMany() {
    return skipped > skipLimit;
  }

  /** Returns the number of lines of the report. */
  public long lines() {
    return lines;
  }

  /** Returns why the run ended early; null if it did not. */
  public String problem() {
    return problem;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Returns the time of the last start. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Returns the time of the end; null while the run is active. */
  public Instant endedAt() {
    return endedAt;
  }

  /**
   * Line of a run's report.
   *
   * @param number 1 for the first line
   * @param subject line number, task id or file key that the line is about
   * @param outcome result in capitals
   * @param detail details in words; may be null
   */
  public record Line(long number, String subject, String outcome, String detail) {}
}
