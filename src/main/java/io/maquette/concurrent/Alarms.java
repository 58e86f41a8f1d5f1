package io.maquette.concurrent;

import java.time.Duration;

/** Scheduler of one-time work on the server's threads. */
@FunctionalInterface
public interface Alarms {

  /**
   * Runs the work once after a delay. The work does not run if the application stops before.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the server accepts no more work
   */
  void after(Duration time, Runnable work);
}
