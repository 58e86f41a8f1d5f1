package io.maquette.concurrent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Periodic timers of this node. EJB timers are not used, because Payara runs them at most once a
 * second.
 */
public final class Ticks {

  private static final Logger LOG = Logger.getLogger(Ticks.class.getName());

  private final ScheduledExecutorService threads;
  private final List<ScheduledFuture<?>> ticking = new ArrayList<>();

  public Ticks(ScheduledExecutorService threads) {
    this.threads = threads;
  }

  /**
   * Runs the work after the interval, and again one interval after the end of each run. An
   * exception of a run is logged.
   *
   * @param work brief, because other work may wait for the same thread
   */
  public void every(Duration interval, Runnable work) {
    long millis = interval.toMillis();
    ticking.add(
        threads.scheduleWithFixedDelay(() -> attempt(work), millis, millis, TimeUnit.MILLISECONDS));
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A tick was lost; the next one comes all the same", e);
    }
  }

  /** Stops all timers; a run that is active finishes. */
  public void stop() {
    ticking.forEach(tick -> tick.cancel(false));
  }
}
