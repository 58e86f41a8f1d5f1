package io.maquette.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Coalescing trigger: many requests, one run. Runs never overlap. All requests that arrive during a
 * run are met by one further run. An exception of a run is logged and does not prevent the next
 * run.
 */
public final class CoalescingTask {

  private static final Logger LOG = Logger.getLogger(CoalescingTask.class.getName());

  private final String name;
  private final Runnable round;
  private final Executor executor;
  private final AtomicInteger wishes = new AtomicInteger();

  /**
   * Creates a trigger without a pending request.
   *
   * @param name what it does, for the log
   */
  public CoalescingTask(String name, Runnable round, Executor executor) {
    this.name = name;
    this.round = round;
    this.executor = executor;
  }

  /** Requests a run that begins after this call. */
  public void wish() {
    if (wishes.getAndIncrement() == 0) {
      try {
        executor.execute(this::meetWishes);
      } catch (RejectedExecutionException e) {
        wishes.set(0); // the next request tries again
        LOG.log(Level.WARNING, "No thread for " + name, e);
      }
    }
  }

  private void meetWishes() {
    int met;
    do {
      met = wishes.get();
      try {
        round.run();
      } catch (RuntimeException | Error e) { // an exception must not end a background loop
        LOG.log(Level.WARNING, "A round of " + name + " failed", e);
      }
    } while (wishes.addAndGet(-met) != 0);
  }

  /** Returns whether no run is active or requested. */
  public boolean isStill() {
    return wishes.get() == 0;
  }
}
