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
 * What workers bring back to the tasks they hold. Each call returns when its result is committed;
 * results that come while a transaction is under way are applied together by the next one. One
 * whose task somebody else has locked is left to itself, so that it holds up nobody. A result is
 * refused when the task has moved on since it was claimed.
 */
@ApplicationScoped
public class TaskResults {

  /** No more than this, so that the log has few gaps at a time, see {@code io.maquette.push}. */
  private static final int AT_ONCE = 16;

  /** One transaction computes here while another one is in the database. */
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
   * A picture is in the store; the last one completes the stage and ends the claim.
   *
   * @param index one of those that the claim lacks, which are told in their order
   * @param remark what its provider says of it; null where it says nothing
   * @param next the picture that is submitted next within this claim, of which nothing was
   *     submitted before; null if none is, or if the ledger shall be asked
   * @return number of the row written for that; null if none is
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

  /** The new version of a picture is in the store; ends the claim. */
  public void imageEdited(TaskClaim claim, AcceptedSubmission accepted, FileRef file)
      throws StaleClaimException {
    settle(new TaskResult(claim, accepted, (task, calls, by) -> task.completeEdit(file, by)));
  }

  /** The provider accepted the job; ends the claim. */
  public void modelSubmitted(TaskClaim claim, AcceptedSubmission accepted, Instant dueAt)
      throws StaleClaimException {
    modelSubmitted(claim, accepted, dueAt, claim.startedAt());
  }

  /**
   * The provider accepted the job; ends the claim.
   *
   * @param startedAt from when on the stage's deadline counts; later than the claim's where the
   *     task waited for an operator before
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
   * The provider told how its job is doing; ends the claim. Where it says the same as before, the
   * task is put off as it is.
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
   * The model file is in the store; completes the task and ends the claim.
   *
   * @param credits what the job cost in the provider's own unit; null where it does not tell
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

  /** The step failed and will be tried again when due; ends the claim. */
  public void retryLater(TaskClaim claim, FailureCode code, String detail, Instant dueAt)
      throws StaleClaimException {
    settle(new TaskResult(claim, (task, calls, by) -> task.retryLater(code, detail, dueAt, by)));
  }

  /** The step could not be done now through no fault of its own; ends the claim. */
  public void postpone(TaskClaim claim, Instant dueAt) throws StaleClaimException {
    settle(TaskResult.puttingOff(claim, dueAt));
  }

  /** The step failed for good, and the task with it; ends the claim. */
  public void fail(TaskClaim claim, FailureCode code, String detail) throws StaleClaimException {
    settle(new TaskResult(claim, (task, calls, by) -> task.fail(code, detail, by)));
  }

  private ResultOutcome settle(TaskResult settlement) throws StaleClaimException {
    ResultOutcome settled = gathering.have(settlement);
    if (settled.isLocked()) { // the others have not waited for that
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
