package io.maquette.task.wait;

/**
 * Waiting information about one task for its user.
 *
 * @param queuePosition place among the tasks that wait in the same status, 1 for the next; null if
 *     the task does not wait
 * @param estimate expected end of the stage; null if no stage is in progress or there are too few
 *     past durations
 * @param overdue null unless the time in status exceeds the target
 */
public record WaitEstimate(Integer queuePosition, Estimate estimate, OverdueTask overdue) {

  /** Value without any information. */
  public static final WaitEstimate NONE = new WaitEstimate(null, null, null);
}
