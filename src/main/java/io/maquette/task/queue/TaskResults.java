package io.maquette.task.queue;

import io.maquette.concurrent.BatchingExecutor;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim.ImageClaim;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Entry point for the results of workers. Each call returns after its result is committed. Results
 * that arrive during a transaction are applied together by the next one. A result whose task is
 * locked by another transaction is applied separately, so that it delays no other. A result with an
 * outdated claim is refused.
 */
@ApplicationScoped
public class TaskResults {

  /**
   * Maximum number of results in one transaction, so that the event log has few gaps at a time, see
   * {@code io.maquette.push}.
   */
  private static final int AT_ONCE = 16;

  /** Number of concurrent transactions: one computes while the other one waits for the database. */
  private static final int TRANSACTIONS = 2;

  private BatchingExecutor<TaskResult, ResultOutcome> batches;
  private ResultWriter writer;
  private Event<TaskDue> due;

  /** For CDI. */
  protected TaskResults() {}

  @Inject
  TaskResults(ResultWriter writer, Event<TaskDue> due) {
    this(new BatchingExecutor<>(writer::apply, AT_ONCE, TRANSACTIONS), writer, due);
  }

  public TaskResults(
      BatchingExecutor<TaskResult, ResultOutcome> batches,
      ResultWriter writer,
      Event<TaskDue> due) {
    this.batches = batches;
    this.writer = writer;
    this.due = due;
  }

  /**
   * Applies a result. It ends the claim, except after a picture that is not the last one.
   *
   * @return the claim as it continues; empty if it ended
   * @throws StaleClaimException if the claim was no longer valid; the result changed nothing
   */
  public Optional<ImageClaim> apply(TaskResult result) throws StaleClaimException {
    ResultOutcome outcome = batches.submit(result);
    if (outcome == ResultOutcome.NotApplied.LOCKED) { // the batch does not wait for locked tasks
      outcome = writer.applyLocked(result);
    }
    if (!(outcome instanceof ResultOutcome.Applied applied)) {
      throw new StaleClaimException(result.claim());
    }
    applied.due().ifPresent(at -> due.fire(new TaskDue(applied.status(), at)));
    return applied.next();
  }
}
