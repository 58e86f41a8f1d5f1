package io.maquette.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntervalTimersTest {

  /** A timer as the bean created it. */
  private record Created(long first, long interval, TimerConfig config) {}

  private final List<Created> created = new ArrayList<>();
  private final ScheduledThreadPoolExecutor wakeUps = new ScheduledThreadPoolExecutor(1);
  private final IntervalTimers timers = new IntervalTimers(service(), wakeUps);
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void end() {
    wakeUps.shutdownNow();
  }

  private TimerService service() {
    return (TimerService)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TimerService.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("createIntervalTimer");
              created.add(
                  new Created(
                      (long) arguments[0], (long) arguments[1], (TimerConfig) arguments[2]));
              return null;
            });
  }

  private Timer expired() {
    Object name = created.get(0).config().getInfo();
    return (Timer)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Timer.class},
            (proxy, method, arguments) -> name);
  }

  @Test
  void timers_are_not_persistent_and_show_their_name() {
    timers.every(Duration.ofSeconds(10), "housekeeping", runs::incrementAndGet);
    Created timer = created.get(0);
    assertThat(timer.first()).isEqualTo(10_000);
    assertThat(timer.interval()).isEqualTo(10_000);
    assertThat(timer.config().isPersistent()).isFalse();
    assertThat(timer.config().getInfo()).isEqualTo("housekeeping");
  }

  @Test
  void an_interval_of_a_second_or_more_runs_once_per_expiry() {
    timers.every(Duration.ofSeconds(1), "workers", runs::incrementAndGet);
    timers.run(expired());
    assertThat(runs).hasValue(1);
    assertThat(wakeUps.getQueue()).isEmpty();
  }

  @Test
  void wake_ups_serve_an_interval_below_a_second() {
    timers.every(Duration.ofMillis(200), "workers", runs::incrementAndGet);
    assertThat(created.get(0).interval()).isEqualTo(1_000);
    timers.run(expired());
    await().until(() -> runs.get() == 5);
    assertThat(wakeUps.getTaskCount()).isEqualTo(4);
  }

  @Test
  void a_failed_run_does_not_prevent_the_next_one() {
    timers.every(
        Duration.ofSeconds(1),
        "workers",
        () -> {
          runs.incrementAndGet();
          throw new IllegalStateException("of the test");
        });
    timers.run(expired());
    timers.run(expired());
    assertThat(runs).hasValue(2);
  }

  @Test
  void a_timer_that_expires_at_shutdown_schedules_nothing() {
    timers.every(Duration.ofMillis(200), "workers", runs::incrementAndGet);
    wakeUps.shutdown();
    timers.run(expired());
    assertThat(runs).hasValue(1);
  }
}
