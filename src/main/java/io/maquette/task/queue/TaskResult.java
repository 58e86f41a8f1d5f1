package io.maquette.task.queue;

import io.maquette.task.ChangeContext;
import io.maquette.task.NewImage;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.CallRows;
import io.maquette.task.submission.PlannedSubmission;
import java.time.Instant;

/**
 * Result of a worker's step.
 *
 * @param claim claim that the step ran under
 * @param accepted submission that produced the result; null if there is none
 * @param image stored picture; null if there is none
 * @param verb change of the task; null if its status stays
 * @param next submission that follows under the same claim, whose ledger row is written now; null
 *     if none follows
 * @param due due time of a task that is postponed unchanged; null for all other results
 */
public record TaskResult(
    TaskClaim claim,
    AcceptedSubmission accepted,
    NewImage image,
    Verb verb,
    PlannedSubmission next,
    Instant due) {

  /** Change that a result makes to its task. */
  @FunctionalInterface
  public interface Verb {

    /**
     * Changes the task.
     *
     * @param calls ledger rows, for updates of earlier submissions
     */
    void on(Task task, CallRows calls, ChangeContext by);
  }

  public TaskResult(TaskClaim claim, Verb verb) {
    this(claim, null, verb);
  }

  public TaskResult(TaskClaim claim, AcceptedSubmission accepted, Verb verb) {
    this(claim, accepted, null, verb, null, null);
  }

  /** Creates the result of a stored picture; the last one completes the stage. */
  public static TaskResult storing(
      TaskClaim claim, AcceptedSubmission accepted, NewImage image, PlannedSubmission next) {
    Verb verb = image.isLast() ? (task, calls, by) -> task.completeImages(by) : null;
    return new TaskResult(claim, accepted, image, verb, next, null);
  }

  /** Creates the result that postpones a task unchanged. */
  public static TaskResult puttingOff(TaskClaim claim, Instant due) {
    return new TaskResult(claim, null, null, null, null, due);
  }

  boolean putsOff() {
    return due != null;
  }

  boolean storesImage() {
    return image != null;
  }

  /** Returns whether another submission follows under the same claim. */
  boolean goesOn() {
    return next != null;
  }

  boolean changesStatus() {
    return verb != null;
  }
}
