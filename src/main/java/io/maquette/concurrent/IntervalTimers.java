package io.maquette.concurrent;

import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * EJB interval timers of one bean, each with a name and its work. The timers are not persistent,
 * because all durable state is in the database, and every node has its own. The server cancels them
 * when the application stops.
 *
 * <p>Payara runs an EJB timer at most once per second. A shorter interval gets a timer of one
 * second, and each run schedules wake-ups for the time until the next one.
 */
public final class IntervalTimers {

  private static final Logger LOG = Logger.getLogger(IntervalTimers.class.getName());

  /** Shortest interval of an EJB timer on all supported servers. */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  private record Periodic(Duration interval, Runnable work) {}

  private final TimerService timers;
  private final ScheduledExecutorService wakeUps;
  private final Map<String, Periodic> periodic = new ConcurrentHashMap<>();

  /**
   * Creates the timers of a bean.
   *
   * @param timers the timer service of the bean, whose timeout method calls {@link #run}
   * @param wakeUps runs the work of intervals below one second in between
   */
  public IntervalTimers(TimerService timers, ScheduledExecutorService wakeUps) {
    this.timers = timers;
    this.wakeUps = wakeUps;
  }

  /**
   * Starts a timer. Its first run is one interval from now.
   *
   * @param name unique in the bean; servers show it as the timer's info
   * @param work brief, because timers of the same bean wait for each other
   */
  public void every(Duration interval, String name, Runnable work) {
    periodic.put(name, new Periodic(interval, work));
    long millis = (interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval).toMillis();
    timers.createIntervalTimer(millis, millis, new TimerConfig(name, false));
  }

  /** Runs the work of a timer that has expired. An exception is logged; the timer continues. */
  public void run(Timer timer) {
    String name = (String) timer.getInfo();
    Periodic due = periodic.get(name);
    attempt(name, due.work());
    long step = due.interval().toMillis();
    try {
      for (long wait = step; wait < SHORTEST.toMillis(); wait += step) {
        ScheduledFuture<?> unused =
            wakeUps.schedule(() -> attempt(name, due.work()), wait, TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "The application is stopping", e);
    }
  }

  private static void attempt(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Timer " + name + ": a run failed; the next one follows", e);
    }
  }
}
