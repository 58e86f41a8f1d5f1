package io.maquette.task.queue;

import io.maquette.task.ChangeContext;
import io.maquette.task.FailureCode;
import io.maquette.task.FileRef;
import io.maquette.task.ModelFile;
import io.maquette.task.ModelStatus;
import io.maquette.task.NewImage;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.EditClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.CallRows;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Result of a worker's step. There is one record for each outcome. */
public sealed interface TaskResult {

  /**
   * Creates the result of a poll; a state that is already stored only postpones the task.
   *
   * @param progress in percent
   * @param due time of the next poll
   */
  static TaskResult ofPoll(PollClaim claim, ModelStatus status, int progress, Instant due) {
    return claim.knows(status, progress)
        ? new Postponed(claim, due)
        : new ModelProgressed(claim, status, progress, due);
  }

  /** Returns the claim that the step ran under. */
  TaskClaim claim();

  /**
   * Changes the task in the transaction that applies the result. It is called only if {@link
   * #changesTask} is true.
   *
   * @param calls ledger rows, for updates of earlier submissions
   */
  void apply(Task task, CallRows calls, ChangeContext by);

  /**
   * Returns whether the task is loaded and changed. All other results keep its status, so {@link
   * ResultWriter} applies them in bulk.
   */
  default boolean changesTask() {
    return true;
  }

  /** Returns the submission that produced the result; empty if there is none. */
  default Optional<AcceptedSubmission> submission() {
    return Optional.empty();
  }

  /** Returns the new files, which no row names unless the result is applied. */
  default List<FileRef> files() {
    return List.of();
  }

  /**
   * Stored picture. The last one completes the stage; after any other one the claim continues.
   *
   * @param nextProvider provider of the next picture, whose ledger row is written now; empty if it
   *     may have an earlier submission, so that the ledger must decide
   */
  record ImageStored(
      ImageClaim claim, AcceptedSubmission accepted, NewImage image, Optional<String> nextProvider)
      implements TaskResult {

    public ImageStored {
      if (image.index() != claim.missingImages().get(0)) {
        throw new IllegalArgumentException(
            "picture " + image.index() + " is not the first missing picture");
      }
    }

    /** Completes the stage after the last picture; {@link ResultWriter} stores the pictures. */
    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      task.completeImages(by);
    }

    @Override
    public boolean changesTask() {
      return image.isLast();
    }

    @Override
    public Optional<AcceptedSubmission> submission() {
      return Optional.of(accepted);
    }

    @Override
    public List<FileRef> files() {
      return List.of(image.file());
    }
  }

  /** Stored new version of a picture. */
  record ImageEdited(EditClaim claim, AcceptedSubmission accepted, FileRef file)
      implements TaskResult {

    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      task.completeEdit(file, by);
    }

    @Override
    public Optional<AcceptedSubmission> submission() {
      return Optional.of(accepted);
    }

    @Override
    public List<FileRef> files() {
      return List.of(file);
    }
  }

  /**
   * Accepted provider job.
   *
   * @param due time of the first poll
   * @param startedAt start of the stage's deadline; later than the claim's if the task waited for
   *     an operator before
   */
  record ModelSubmitted(
      ModelClaim claim, AcceptedSubmission accepted, Instant due, Instant startedAt)
      implements TaskResult {

    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      task.modelSubmitted(accepted.jobId(), accepted.requestId(), due, by);
      task.modelStartedNotBefore(startedAt);
    }

    @Override
    public Optional<AcceptedSubmission> submission() {
      return Optional.of(accepted);
    }
  }

  /**
   * New state of a provider job.
   *
   * @param progress in percent
   * @param due time of the next poll
   */
  record ModelProgressed(PollClaim claim, ModelStatus status, int progress, Instant due)
      implements TaskResult {

    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      task.modelProgressed(status, progress, due, by);
    }
  }

  /**
   * Stored model.
   *
   * @param credits cost of the provider job in the provider's unit; empty if the provider does not
   *     report it
   */
  record ModelCompleted(PollClaim claim, ModelFile file, Optional<BigDecimal> credits)
      implements TaskResult {

    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      credits.ifPresent(cost -> calls.ofJob(claim.job()).forEach(call -> call.cost(cost)));
      calls.stored(claim.job());
      task.completeModel(file, by);
    }

    @Override
    public List<FileRef> files() {
      return Stream.of(file.file(), file.preview()).filter(Objects::nonNull).toList();
    }
  }

  /** Postponed step, which counts no attempt; the task stays unchanged until the due time. */
  record Postponed(TaskClaim claim, Instant due) implements TaskResult {

    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      throw new IllegalStateException("a postponed task is not loaded");
    }

    @Override
    public boolean changesTask() {
      return false;
    }
  }

  /** Failed attempt, which is repeated at the due time. */
  record AttemptFailed(TaskClaim claim, FailureCode code, String detail, Instant due)
      implements TaskResult {

    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      task.retryLater(code, detail, due, by);
    }
  }

  /** Final failure of the task. */
  record Failed(TaskClaim claim, FailureCode code, String detail) implements TaskResult {

    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      task.fail(code, detail, by);
    }
  }

  /** Final failure of a task whose provider job exceeded its deadline and still runs. */
  record JobTimedOut(PollClaim claim, String detail) implements TaskResult {

    @Override
    public void apply(Task task, CallRows calls, ChangeContext by) {
      task.fail(FailureCode.TIMED_OUT, detail, by);
    }
  }
}
