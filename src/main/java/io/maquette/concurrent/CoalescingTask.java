package io.maquette.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Work done in rounds, one at a time: however many wish for one while a round is done, one more
 * meets them all. Whatever a round throws is logged, and the next one is done all the same.
 */
public final class CoalescingTask {

  private static final Logger LOG = Logger.getLogger(CoalescingTask.class.getName());

  private final String name;
  private final Runnable round;
  private final Executor executor;
  private final AtomicInteger wishes = new AtomicInteger();

  /**
   * Nothing is done before somebody wishes.
   *
   * @param name what it does, for the log
   */
  public CoalescingTask(String name, Runnable round, Executor executor) {
    this.name = name;
    this.round = round;
    this.executor = executor;
  }

  /** Has a round begin after this moment, soon. */
  public void wish() {
    if (wishes.getAndIncrement() == 0) {
      try {
        executor.execute(this::meetWishes);
      } catch (RejectedExecutionException e) {
        wishes.set(0); // whoever wishes next tries again
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
      } catch (RuntimeException | Error e) { // a loop in the background never dies
        LOG.log(Level.WARNING, "A round of " + name + " failed", e);
      }
    } while (wishes.addAndGet(-met) != 0);
  }

  /** Whether no round is being done and none is wished for. */
  public boolean isStill() {
    return wishes.get() == 0;
  }
}
