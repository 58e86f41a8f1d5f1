package io.maquette.task;

/**
 * What somebody who waits for a task may know.
 *
 * @param queuePosition place among the tasks that wait in the same status, 1 for the next; null if
 *     it does not wait
 * @param estimate null if nothing is in progress, or too little has been done before to tell
 * @param overdue null unless it is longer where it is than it should be
 */
public record WaitEstimate(Integer queuePosition, Estimate estimate, OverdueTask overdue) {

  /** Nothing to tell. */
  public static final WaitEstimate NONE = new WaitEstimate(null, null, null);
}
