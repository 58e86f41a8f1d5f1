package io.maquette.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmClockTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicBoolean refuses = new AtomicBoolean();
  private final List<String> rung = new CopyOnWriteArrayList<>();
  private final AlarmClock clock =
      new AlarmClock(
          work -> {
            if (refuses.get()) {
              throw new RejectedExecutionException("full");
            }
            taken.incrementAndGet();
            threads.execute(work);
          });

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void alarmsRingInTheirOrderAndNotBeforeTheirTime() {
    long began = System.nanoTime();
    clock.after(Duration.ofMillis(300), () -> rung.add("second"));
    clock.after(Duration.ofMillis(100), () -> rung.add("first"));
    await().until(() -> rung.size() == 2);
    assertThat(rung).containsExactly("first", "second");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(299));
    assertThat(taken).as("threads").hasValue(1);
  }

  @Test
  void oneThatBreaksDoesNotKeepTheOthersFromRinging() {
    clock.after(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("broken");
        });
    clock.after(Duration.ofMillis(50), () -> rung.add("next"));
    await().until(() -> rung.size() == 1);
  }

  @Test
  void afterAPauseThereAreAlarmsAgain() {
    for (int i = 1; i <= 3; i++) {
      int count = i;
      clock.after(Duration.ZERO, () -> rung.add("one"));
      await().until(() -> rung.size() == count);
    }
  }

  @Test
  void whatARefusedThreadShouldHaveWaitedForRingsWithTheNext() {
    refuses.set(true);
    assertThatThrownBy(() -> clock.after(Duration.ZERO, () -> rung.add("kept")))
        .isInstanceOf(RejectedExecutionException.class);
    refuses.set(false);
    clock.after(Duration.ZERO, () -> rung.add("next"));
    await().until(() -> rung.size() == 2);
  }

  @Test
  void noneRingsAfterTheEnd() throws Exception {
    clock.after(Duration.ofMillis(50), () -> rung.add("late"));
    clock.end();
    threads.shutdown();
    await().until(threads::isTerminated);
    assertThat(rung).isEmpty();
  }
}
