package io.maquette.worker;

import io.maquette.task.queue.TaskResult;

/** End of a step that may not submit now, with the result that postpones or fails the task. */
class NotSubmittedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient TaskResult result;

  NotSubmittedException(TaskResult result) {
    super("nothing was submitted: " + result);
    this.result = result;
  }

  TaskResult result() {
    return result;
  }
}
