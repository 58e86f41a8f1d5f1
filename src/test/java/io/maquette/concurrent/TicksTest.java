package io.maquette.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicksTest {

  private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
  private final Ticks ticks = new Ticks(thread);
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  @Test
  void theyComeAgainWhateverBecomesOfOne() {
    ticks.every(
        Duration.ofMillis(1),
        () -> {
          if (done.incrementAndGet() == 1) {
            throw new IllegalStateException("of the test");
          }
        });
    await().until(() -> done.get() > 3);
  }

  @Test
  void noneComesAfterTheEnd() {
    ticks.every(Duration.ofMillis(1), done::incrementAndGet);
    await().until(() -> done.get() > 0);
    ticks.stop();
    await().until(() -> thread.getActiveCount() == 0);
    thread.purge();
    assertThat(thread.getQueue()).isEmpty();
  }
}
