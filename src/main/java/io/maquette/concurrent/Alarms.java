package io.maquette.concurrent;

import java.time.Duration;

/** Has something done later, by a thread of the server. */
@FunctionalInterface
public interface Alarms {

  /**
   * Has it done once, when so much time has passed; not at all if the application ends before.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the server takes nothing more
   */
  void after(Duration time, Runnable work);
}
