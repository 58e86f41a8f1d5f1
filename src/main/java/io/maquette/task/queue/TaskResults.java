package io.maquette.task.queue;

import io.maquette.concurrent.BatchingExecutor;
import io.maquette.task.FailureCode;
import io.maquette.task.FileRef;
import io.maquette.task.ImageRemark;
import io.maquette.task.ModelFile;
import io.maquette.task.ModelStatus;
import io.maquette.task.NewImage;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PlannedSubmission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;

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

  private BatchingExecutor<TaskResult, ResultOutcome> gathering;
  private ResultWriter settlements;
  private Event<TaskDue> due;

  /** For CDI. */
  protected TaskResults() {}

  @Inject
  TaskResults(ResultWriter settlements, Event<TaskDue> due) {
    this(new BatchingExecutor<>(settlements::settle, AT_ONCE, TRANSACTIONS), settlements, due);
  }

  public TaskResults(
      BatchingExecutor<TaskResult, ResultOutcome> gathering,
      ResultWriter settlements,
      Event<TaskDue> due) {
    this.gathering = gathering;
    this.settlements = settlements;
    this.due = due;
  }

  /**
   * Applies a stored picture; the last one completes the stage and ends the claim.
   *
   * @param index first of the claim's missing pictures that is not stored yet; the order is fixed
   * @param remark the provider's remark; null if there is none
   * @param next the next picture to submit under this claim, without an earlier submission; null if
   *     there is none or the ledger must decide
   * @return ledger row of the next submission; null if there is none
   */
  public Long imageStored(
      TaskClaim claim,
      AcceptedSubmission accepted,
      int index,
      String variant,
      ImageRemark remark,
      FileRef file,
      PlannedSubmission next)
      throws StaleClaimException {
    NewImage image = new NewImage(index, variant, remark, file, claim.leftAfter(index));
    return settle(TaskResult.storing(claim, accepted, image, next)).call();
  }

  /** Applies the new version of an edited picture; ends the claim. */
  public void imageEdited(TaskClaim claim, AcceptedSubmission accepted, FileRef file)
      throws StaleClaimException {
    settle(new TaskResult(claim, accepted, (task, calls, by) -> task.completeEdit(file, by)));
  }

  /** Applies an accepted provider job; ends the claim. */
  public void modelSubmitted(TaskClaim claim, AcceptedSubmission accepted, Instant dueAt)
      throws StaleClaimException {
    modelSubmitted(claim, accepted, dueAt, claim.startedAt());
  }

  /**
   * Applies an accepted provider job; ends the claim.
   *
   * @param startedAt start of the stage's deadline; later than the claim's if the task waited for
   *     an operator before
   */
  public void modelSubmitted(
      TaskClaim claim, AcceptedSubmission accepted, Instant dueAt, Instant startedAt)
      throws StaleClaimException {
    settle(
        new TaskResult(
            claim,
            accepted,
            (task, calls, by) -> {
              task.modelSubmitted(accepted.jobId(), accepted.requestId(), dueAt, by);
              task.modelStartedNotBefore(startedAt);
            }));
  }

  /**
   * Applies the state of a provider job; ends the claim. An unchanged state only postpones the
   * task.
   */
  public void modelProgressed(TaskClaim claim, ModelStatus status, int progress, Instant dueAt)
      throws StaleClaimException {
    settle(
        claim.knows(status, progress)
            ? TaskResult.puttingOff(claim, dueAt)
            : new TaskResult(
                claim, (task, calls, by) -> task.modelProgressed(status, progress, dueAt, by)));
  }

  /**
   * Completes the task with its stored model file; ends the claim.
   *
   * @param credits cost of the provider job in the provider's unit; null if the provider does not
   *     report it
   */
  public void modelCompleted(TaskClaim claim, ModelFile file, BigDecimal credits)
      throws StaleClaimException {
    settle(
        new TaskResult(
            claim,
            (task, calls, by) -> {
              if (credits != null) {
                calls.ofJob(claim.job()).forEach(call -> call.cost(credits));
              }
              calls.stored(claim.job());
              task.completeModel(file, by);
            }));
  }

  /** Records a failed step that is retried at the due time; ends the claim. */
  public void retryLater(TaskClaim claim, FailureCode code, String detail, Instant dueAt)
      throws StaleClaimException {
    settle(new TaskResult(claim, (task, calls, by) -> task.retryLater(code, detail, dueAt, by)));
  }

  /** Postpones a step without counting an attempt; ends the claim. */
  public void postpone(TaskClaim claim, Instant dueAt) throws StaleClaimException {
    settle(TaskResult.puttingOff(claim, dueAt));
  }

  /** Fails the task; ends the claim. */
  public void fail(TaskClaim claim, FailureCode code, String detail) throws StaleClaimException {
    settle(new TaskResult(claim, (task, calls, by) -> task.fail(code, detail, by)));
  }

  private ResultOutcome settle(TaskResult settlement) throws StaleClaimException {
    ResultOutcome settled = gathering.have(settlement);
    if (settled.isLocked()) { // the batch does not wait for locked tasks
      settled = settlements.settleLocked(settlement);
    }
    if (!settled.isApplied()) {
      throw new StaleClaimException(settlement.claim());
    }
    if (settled.due() != null) {
      due.fire(new TaskDue(settled.status(), settled.due()));
    }
    return settled;
  }
}
