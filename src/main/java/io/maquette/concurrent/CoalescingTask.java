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
  private final Runnable work;
  private final Executor executor;
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * Creates a trigger without a pending request.
   *
   * @param name what it does, for the log
   */
  public CoalescingTask(String name, Runnable work, Executor executor) {
    this.name = name;
    this.work = work;
    this.executor = executor;
  }

  /** Requests a run that begins after this call. */
  public void request() {
    if (requests.getAndIncrement() == 0) {
      try {
        executor.execute(this::runRequested);
      } catch (RejectedExecutionException e) {
        requests.set(0); // the next request tries again
        LOG.log(Level.WARNING, "No thread for " + name, e);
      }
    }
  }

  private void runRequested() {
    int met;
    do {
      met = requests.get();
      try {
        work.run();
      } catch (RuntimeException | Error e) { // an exception must not end a background loop
        LOG.log(Level.WARNING, "A run of " + name + " failed", e);
      }
    } while (requests.addAndGet(-met) != 0);
  }

  /** Returns whether no run is active or requested. */
  public boolean isIdle() {
    return requests.get() == 0;
  }
}
