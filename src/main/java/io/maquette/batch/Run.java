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
 * A run of a job, from its start to its end, over as many executions as that takes.
 *
 * <p>A node has it while it is active, until the lease ends; the {@code fence} counts executions
 * and takings-away, and a portion that comes with an older one is refused. The {@code checkpoint}
 * says how far it has come in its {@code step}: it moves in the transaction that does a portion of
 * the work, so that nothing is lost or done twice when the run is started again.
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

  /** A node begins, or goes on, with it. */
  void start(String onNode, Instant now, Instant lease) {
    if (status != null && !status.isRestartable()) {
      throw new RunStateException(this);
    }
    status = RunStatus.RUNNING;
    node = onNode;
    leasedUntil = lease.truncatedTo(ChronoUnit.MICROS);
    startedAt = now.truncatedTo(ChronoUnit.MICROS);
    endedAt = null;
    problem = null;
    fence++;
  }

  /** It shall end after the portion it is at. */
  void wishStop() {
    if (!status.isActive()) {
      throw new RunStateException(this);
    }
    status = RunStatus.STOPPING;
  }

  /** Begins with a step, unless it is at that one or a later one already. */
  void enter(int stepIndex) {
    if (step < stepIndex) {
      step = stepIndex;
      checkpoint = null;
    }
  }

  /** How many items there are in the step it is at, from its beginning; those before are read. */
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

  /** The number of the next line of its report. */
  long nextLine() {
    return ++lines;
  }

  /**
   * No node has it any more.
   *
   * @param why null if all went well
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

  /** {@code operator:<name>} or {@code schedule}. */
  public String startedBy() {
    return startedBy;
  }

  /** The node that has it, or had it last. */
  public String node() {
    return node;
  }

  long fence() {
    return fence;
  }

  /** The step it is at, 0 for the first. */
  int step() {
    return step;
  }

  /** The last item that is done with in its step; null before the first. */
  public String checkpoint() {
    return checkpoint;
  }

  /** How many items there are; null where that cannot be told. */
  public Long total() {
    return total;
  }

  /** Items that are done with. */
  public long read() {
    return read;
  }

  /** Items for which something was done. */
  public long written() {
    return written;
  }

  /** Items that could not be done. */
  public long skipped() {
    return skipped;
  }

  /** With more skipped items than these the run fails. */
  public long skipLimit() {
    return skipLimit;
  }

  boolean hasSkippedTooMany() {
    return skipped > skipLimit;
  }

  /** How many lines its report has. */
  public long lines() {
    return lines;
  }

  /** Why it ended before its end; null if it did not. */
  public String problem() {
    return problem;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** When it was started last. */
  public Instant startedAt() {
    return startedAt;
  }

  /** When it ended; null while it is active. */
  public Instant endedAt() {
    return endedAt;
  }
}
