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
 * What comes again and again on this node, as often as it is asked for. EJB timers do the same, but
 * Payara lets none of them come more often than once a second.
 */
public final class Ticks {

  private static final Logger LOG = Logger.getLogger(Ticks.class.getName());

  private final ScheduledExecutorService threads;
  private final List<ScheduledFuture<?>> ticking = new ArrayList<>();

  public Ticks(ScheduledExecutorService threads) {
    this.threads = threads;
  }

  /**
   * Does something for the first time after the interval, and again an interval after each time it
   * has ended. Whatever it throws is logged.
   *
   * @param work brief, as others may wait for the same thread
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

  /** Ends it; what is being done ends by itself. */
  public void stop() {
    ticking.forEach(tick -> tick.cancel(false));
  }
}
