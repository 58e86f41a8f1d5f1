package io.maquette.files;

import io.maquette.task.FileRef;
import java.util.UUID;

/**
 * Print file of a task: its model, changed for a print.
 *
 * @param taskId task of the model
 * @param id digest of the model's key and the options; equal requests have an equal id
 * @param model key of the model
 * @param options the options as JSON
 * @param work state of the work
 * @param file the result; null until the state is READY
 */
public record PrintFile(
    UUID taskId, String id, String model, String options, Work work, FileRef file) {

  /** State of the work on a print file. */
  public enum State {
    QUEUED,
    RUNNING,
    READY,
    FAILED
  }

  /** Reason of a failure, in addition to those of an operation and of an unreadable model. */
  public enum Problem {
    /** The model's file is lost. */
    MODEL_LOST,
    /** The model cannot be read as GLB. */
    MODEL_UNREADABLE,
    /** The work needs more memory than the server has. */
    TOO_LARGE,
    /** The store does not answer. */
    STORE_UNAVAILABLE,
    /** The application has an error. */
    INTERNAL
  }

  /**
   * State of the work.
   *
   * @param progress 0 to 100
   * @param problem reason of a failure: a constant of {@link Problem} or of an operation's reasons;
   *     null without a failure
   */
  public record Work(State state, int progress, String problem) {

    /** Returns whether the work is still to be done. */
    public boolean isOpen() {
      return state == State.QUEUED || state == State.RUNNING;
    }
  }
}
