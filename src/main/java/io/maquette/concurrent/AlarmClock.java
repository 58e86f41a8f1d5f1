package io.maquette.concurrent;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Alarms that are waited for by one thread, which is taken while there are any. */
final class AlarmClock implements Alarms {

  private static final Logger LOG = Logger.getLogger(AlarmClock.class.getName());

  /** How often the waiting thread sees whether it is still wanted. */
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
        waitedFor.set(false); // whoever sets the next alarm tries again
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
      Thread.currentThread().interrupt(); // the server ends the thread
    } finally {
      waitedFor.set(false);
    }
    if (!Thread.currentThread().isInterrupted()) {
      haveWaited(); // one may have come just now
    }
  }

  private static void ring(Alarm alarm) {
    try {
      alarm.work().run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "What an alarm was set for failed", e);
    }
  }

  /** No alarm rings any more. */
  void end() {
    ended = true;
    alarms.add(new Alarm(System.nanoTime(), () -> {})); // whoever waits sees that it is over
  }
}
