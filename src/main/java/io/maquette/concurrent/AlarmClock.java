package io.maquette.concurrent;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Alarm scheduler that uses one thread of the executor while alarms are pending, and none
 * otherwise.
 */
final class AlarmClock implements Alarms {

  private static final Logger LOG = Logger.getLogger(AlarmClock.class.getName());

  /** Interval at which the waiting thread checks whether the scheduler has ended. */
  private static final long LOOK_MILLIS = 1_000;

  private record Alarm(long at, Runnable work) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private final Executor executor;
  private final DelayQueue<Alarm> alarms = new DelayQueue<>();
  private final AtomicBoolean waitedFor = new AtomicBoolean();
  private volatile boolean ended;

  AlarmClock(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void after(Duration time, Runnable work) {
    alarms.add(new Alarm(System.nanoTime() + time.toNanos(), work));
    haveWaited();
  }

  private void haveWaited() {
    if (!alarms.isEmpty() && !ended && waitedFor.compareAndSet(false, true)) {
      try {
        executor.execute(this::waitForThem);
      } catch (RuntimeException e) {
        waitedFor.set(false); // the next call of after() tries again
        throw e;
      }
    }
  }

  private void waitForThem() {
    try {
      while (!alarms.isEmpty() && !ended) {
        Alarm alarm = alarms.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (alarm != null) {
          ring(alarm);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is stopping this thread
    } finally {
      waitedFor.set(false);
    }
    if (!Thread.currentThread().isInterrupted()) {
      haveWaited(); // an alarm may have been added in the meantime
    }
  }

  private static void ring(Alarm alarm) {
    try {
      alarm.work().run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "What an alarm was set for failed", e);
    }
  }

  /** Ends the scheduler; no pending alarm runs any more. */
  void end() {
    ended = true;
    // wakes the waiting thread, which then sees the end
    alarms.add(new Alarm(System.nanoTime(), () -> {}));
  }
}
