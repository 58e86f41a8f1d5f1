package io.maquette.batch;

import io.maquette.cluster.LocalNode;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Transactional service for the record of batch runs. Each call is a separate short transaction,
 * also inside the transaction of the server's batch runtime around a chunk. That one belongs to the
 * server's job repository, and on Payara no second database can join it. Types in its method
 * signatures are public, because Payara generates an interface from them.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BatchRunService {

  /** Maximum number of rows per page. */
  public static final int MAX_LIMIT = 1000;

  /** Maximum number of lines in a report; the counters of the run still count every item. */
  static final int MAX_LINES = 10_000;

  /** Number of runs that are kept per job. */
  static final int KEPT = 100;

  private static final int PART_BYTES = 256 << 10;
  private static final int SUBJECT_LENGTH = 200;
  private static final int DETAIL_LENGTH = 500;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private LocalNode node;

  /** Required by the container. */
  public BatchRunService() {}

  BatchRunService(EntityManager entities, Clock clock, LocalNode node) {
    this.entities = entities;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Creates a run and starts it on this node.
   *
   * @param skipLimit maximum number of skipped items; with more the run fails
   * @param input content of the input file; null for none
   * @throws BatchException.JobActive if a run of the job is active
   */
  public Run begin(
      BatchJobType job, RunParameters parameters, long skipLimit, byte[] input, OrderedBy by) {
    lock(job);
    return begun(job, parameters, skipLimit, input, by);
  }

  /**
   * Creates a run if no node has handled this scheduled time. The first scheduled time ever is only
   * recorded.
   *
   * @param due latest scheduled time of the job
   * @return empty if the time is handled, or if a run is still active
   */
  public Optional<Run> beginIfDue(BatchJobType job, Instant due, RunParameters parameters) {
    lock(job);
    Object last =
        entities
            .createNativeQuery(
                "select case when last_due is null then 0 when last_due < ?2 then 1 else 2 end"
                    + " from maintenance_job where name = ?1")
            .setParameter(1, job.name())
            .setParameter(2, at(due))
            .getSingleResult();
    int seen = ((Number) last).intValue();
    if (seen < 2) {
      entities
          .createNativeQuery("update maintenance_job set last_due = ?2 where name = ?1")
          .setParameter(1, job.name())
          .setParameter(2, at(due))
          .executeUpdate();
    }
    return seen == 1 && active(job).isEmpty()
        ? Optional.of(begun(job, parameters, job.skipLimit(), null, OrderedBy.SCHEDULE))
        : Optional.empty();
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private void lock(BatchJobType job) {
    entities
        .createNativeQuery("select name from maintenance_job where name = ?1 for update")
        .setParameter(1, job.name())
        .getSingleResult();
  }

  private Optional<Long> active(BatchJobType job) {
    return entities
        .createQuery(
            "select r.id from Run r where r.job = :job and r.leasedUntil is not null", Long.class)
        .setParameter("job", job)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  private void refuseSecond(BatchJobType job) {
    active(job)
        .ifPresent(
            run -> {
              throw new BatchException.JobActive(job, run);
            });
  }

  private Run begun(
      BatchJobType job, RunParameters parameters, long skipLimit, byte[] input, OrderedBy by) {
    refuseSecond(job);
    forgetOld(job);
    Instant now = clock.instant();
    Run run = new Run(job, parameters, skipLimit, by.actor(), now);
    run.start(node.name(), now, now.plus(RunLeases.LEASE));
    entities.persist(run);
    entities.flush();
    for (int from = 0; input != null && from < input.length; from += PART_BYTES) {
      entities
          .createNativeQuery(
              "insert into maintenance_input (run_id, part, content) values (?1, ?2, ?3)")
          .setParameter(1, run.id())
          .setParameter(2, from / PART_BYTES)
          .setParameter(
              3, Arrays.copyOfRange(input, from, Math.min(input.length, from + PART_BYTES)))
          .executeUpdate();
    }
    by.audit().accept(run);
    return run;
  }

  /** Deletes old runs of a job, so that with the new run {@link #KEPT} remain. */
  private void forgetOld(BatchJobType job) {
    List<Long> ids =
        entities
            .createQuery("select r.id from Run r where r.job = :job order by r.id desc", Long.class)
            .setParameter("job", job)
            .setFirstResult(KEPT - 1)
            .setMaxResults(KEPT)
            .getResultList();
    for (Long id : ids) {
      deleteOf(id, "maintenance_input");
      deleteOf(id, "maintenance_run_line");
      entities.remove(entities.getReference(Run.class, id));
    }
  }

  private void deleteOf(long run, String table) {
    entities
        .createNativeQuery("delete from " + table + " where run_id = ?1")
        .setParameter(1, run)
        .executeUpdate();
  }

  /**
   * Restarts a run on this node; it continues at its checkpoint.
   *
   * @throws BatchException.RunNotFound if the run does not exist
   * @throws BatchException.WrongStatus if the run is active or completed
   * @throws BatchException.JobActive if another run of the job is active
   */
  public Run beginAgain(long id, OrderedBy by) {
    BatchJobType job =
        entities
            .createQuery("select r.job from Run r where r.id = :id", BatchJobType.class)
            .setParameter("id", id)
            .getResultStream()
            .findFirst()
            .orElseThrow(() -> new BatchException.RunNotFound(id));
    lock(job);
    Run run = entities.find(Run.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (!run.status().isRestartable()) {
      throw new BatchException.WrongStatus(run);
    }
    refuseSecond(job);
    Instant now = clock.instant();
    run.start(node.name(), now, now.plus(RunLeases.LEASE));
    by.audit().accept(run);
    return run;
  }

  /**
   * Asks an active run to stop after its current chunk.
   *
   * @throws BatchException.RunNotFound if the run does not exist
   * @throws BatchException.WrongStatus if the run is not active
   */
  public Run requestStop(long id, OrderedBy by) {
    Run run = entities.find(Run.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (run == null) {
      throw new BatchException.RunNotFound(id);
    }
    run.requestStop();
    by.audit().accept(run);
    return run;
  }

  /** Enters a step: begins it, continues it, or reports that the run is past it. */
  public Entry enter(LocalRun local, int step) {
    Run run = mine(local);
    run.enter(step);
    return new Entry(run.step() > step, run.checkpoint());
  }

  /**
   * Start of a step.
   *
   * @param isPast whether the run has completed the step
   * @param after position of the last completed item; null if there is none
   */
  public record Entry(boolean isPast, String after) {}

  /** Records the number of items of the step, where it is known. */
  public void expect(LocalRun local, OptionalLong items) {
    mine(local).expect(items);
  }

  /**
   * Completes a chunk: the transactional part of its items, its report, its counters and the
   * checkpoint. It stops the local run if an operator asked for that or too many items were
   * skipped.
   *
   * @throws JobFailedException.StaleRun if this node no longer owns the run
   */
  public void advance(LocalRun local, List<BatchStep.ProcessedItem> portion) {
    Run run = mine(local);
    for (BatchStep.ProcessedItem done : portion) {
      ItemResult outcome = done.rest().get();
      run.count(outcome);
      if (outcome.subject() != null && run.lines() < MAX_LINES) {
        write(run, outcome);
      }
      run.reached(done.position());
    }
    if (run.status() == RunStatus.STOPPING) {
      local.requestStop();
    }
    if (run.hasSkippedTooMany()) {
      local.fail(
          new JobFailedException(
              run.skipped() + " items were skipped; the limit is " + run.skipLimit()));
    }
  }

  private void write(Run run, ItemResult outcome) {
    entities
        .createNativeQuery(
            "insert into maintenance_run_line (run_id, number, subject, outcome, detail)"
                + " values (?1, ?2, ?3, ?4, ?5)")
        .setParameter(1, run.id())
        .setParameter(2, run.nextLine())
        .setParameter(3, shortened(outcome.subject(), SUBJECT_LENGTH))
        .setParameter(4, outcome.outcome())
        .setParameter(5, shortened(outcome.detail(), DETAIL_LENGTH))
        .executeUpdate();
  }

  private static String shortened(String text, int length) {
    return text == null || text.length() <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length / 2)) + "…";
  }

  /**
   * Ends a run; a run that this node no longer owns remains unchanged.
   *
   * @param problem reason for operators; null after success
   */
  public void end(LocalRun local, RunStatus as, String problem) {
    Run run;
    try {
      run = mine(local);
    } catch (JobFailedException.StaleRun e) {
      return;
    }
    run.end(as, problem, clock.instant());
    if (as == RunStatus.COMPLETED) {
      deleteOf(run.id(), "maintenance_input");
    }
  }

  private Run mine(LocalRun local) {
    Run run = entities.find(Run.class, local.id(), LockModeType.PESSIMISTIC_WRITE);
    if (run == null || run.fence() != local.fence() || !run.status().isActive()) {
      throw new JobFailedException.StaleRun(local.id());
    }
    return run;
  }

  /** Reads the input file of a run. */
  public byte[] input(long id) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int part = 0; ; part++) {
      @SuppressWarnings("unchecked")
      List<byte[]> content =
          entities
              .createNativeQuery(
                  "select content from maintenance_input where run_id = ?1 and part = ?2")
              .setParameter(1, id)
              .setParameter(2, part)
              .getResultList();
      if (content.isEmpty()) {
        return whole.toByteArray();
      }
      whole.writeBytes(content.get(0));
    }
  }

  /** Finds a run; throws {@link BatchException.RunNotFound} if it does not exist. */
  public Run find(long id) {
    Run run = entities.find(Run.class, id);
    if (run == null) {
      throw new BatchException.RunNotFound(id);
    }
    return run;
  }

  /**
   * Lists runs, newest first.
   *
   * @param job job of the runs; null for all jobs
   * @param before upper bound of the ids, exclusive; {@link Long#MAX_VALUE} for the first page
   * @param limit 1 to {@link #MAX_LIMIT}
   */
  public List<Run> list(BatchJobType job, long before, int limit) {
    checkLimit(limit);
    TypedQuery<Run> query =
        entities
            .createQuery(
                "select r from Run r where r.id < :before"
                    + (job == null ? "" : " and r.job = :job")
                    + " order by r.id desc",
                Run.class)
            .setParameter("before", before)
            .setMaxResults(limit);
    if (job != null) {
      query.setParameter("job", job);
    }
    return query.getResultList();
  }

  /**
   * Lists the lines of a run's report in ascending order.
   *
   * @param after number of the last line of the previous page; 0 for the first page
   * @param limit 1 to {@link #MAX_LIMIT}
   */
  @SuppressWarnings("unchecked")
  public List<Run.Line> report(long id, long after, int limit) {
    checkLimit(limit);
    find(id);
    List<Object[]> rows =
        entities
            .createNativeQuery(
                "select number, subject, outcome, detail from maintenance_run_line"
                    + " where run_id = ?1 and number > ?2 order by number limit ?3")
            .setParameter(1, id)
            .setParameter(2, after)
            .setParameter(3, limit)
            .getResultList();
    return rows.stream()
        .map(
            row ->
                new Run.Line(
                    ((Number) row[0]).longValue(),
                    (String) row[1],
                    (String) row[2],
                    (String) row[3]))
        .toList();
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ": " + limit);
    }
  }
}
