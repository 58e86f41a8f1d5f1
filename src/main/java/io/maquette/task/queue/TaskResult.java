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
 * What a worker's step came to.
 *
 * @param claim the worker's hold on the task
 * @param accepted the submission it is the answer to; null if it is none
 * @param image the picture that was stored; null if none was
 * @param verb what becomes of the task; null if its status stays
 * @param next the submission that follows within this claim, whose row is written with it; null if
 *     none does
 * @param due when a task that is put off as it is shall be looked at again; null for all others
 */
public record TaskResult(
    TaskClaim claim,
    AcceptedSubmission accepted,
    NewImage image,
    Verb verb,
    PlannedSubmission next,
    Instant due) {

  /** What becomes of the task. */
  @FunctionalInterface
  public interface Verb {

    /**
     * Changes the task.
     *
     * @param calls the submissions, for what is told of an earlier one
     */
    void on(Task task, CallRows calls, ChangeContext by);
  }

  public TaskResult(TaskClaim claim, Verb verb) {
    this(claim, null, verb);
  }

  public TaskResult(TaskClaim claim, AcceptedSubmission accepted, Verb verb) {
    this(claim, accepted, null, verb, null, null);
  }

  /** A picture is there; the last one completes the stage. */
  public static TaskResult storing(
      TaskClaim claim, AcceptedSubmission accepted, NewImage image, PlannedSubmission next) {
    Verb verb = image.isLast() ? (task, calls, by) -> task.completeImages(by) : null;
    return new TaskResult(claim, accepted, image, verb, next, null);
  }

  /** Nothing but time becomes of the task. */
  public static TaskResult puttingOff(TaskClaim claim, Instant due) {
    return new TaskResult(claim, null, null, null, null, due);
  }

  boolean putsOff() {
    return due != null;
  }

  boolean storesImage() {
    return image != null;
  }

  /** Whether another submission follows within the claim. */
  boolean goesOn() {
    return next != null;
  }

  boolean changesStatus() {
    return verb != null;
  }
}
