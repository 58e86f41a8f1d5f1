package io.maquette.concurrent;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplicationThreadsTest {

  private final AtomicInteger started = new AtomicInteger();
  private final ApplicationThreads threads =
      new ApplicationThreads(
          3,
          work -> {
            started.incrementAndGet();
            return new Thread(work);
          });

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private void runAndAwait(Runnable work) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    threads.execute(
        () -> {
          work.run();
          done.countDown();
        });
    done.await();
  }

  private void awaitIdle() {
    await().pollDelay(ZERO).pollInterval(ofMillis(1)).until(() -> threads.getActiveCount() == 0);
  }

  private static void waitFor(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void an_idle_thread_takes_the_next_work() throws Exception {
    for (int i = 0; i < 50; i++) {
      runAndAwait(() -> {});
      awaitIdle();
    }
    assertThat(started.get()).isLessThan(4);
  }

  @Test
  void work_does_not_wait_for_a_busy_thread() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    threads.execute(() -> waitFor(gate));
    runAndAwait(() -> {});
    gate.countDown();
    assertThat(started).hasValue(2);
  }

  @Test
  void work_beyond_the_maximum_is_queued_and_none_is_lost() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(3);
    CountDownLatch done = new CountDownLatch(10);
    for (int i = 0; i < 3; i++) {
      threads.execute(
          () -> {
            begun.countDown();
            waitFor(gate);
          });
    }
    begun.await();
    for (int i = 0; i < 10; i++) {
      threads.execute(done::countDown);
    }
    gate.countDown();
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(started).hasValue(3);
  }

  @Test
  void a_late_interrupt_does_not_reach_the_next_work() throws Exception {
    Set<Thread> interrupted = ConcurrentHashMap.newKeySet();
    runAndAwait(() -> Thread.currentThread().interrupt());
    for (int i = 0; i < 20; i++) {
      runAndAwait(
          () -> {
            if (Thread.currentThread().isInterrupted()) {
              interrupted.add(Thread.currentThread());
            }
          });
    }
    assertThat(interrupted).isEmpty();
  }

  @Test
  void a_failure_does_not_end_the_thread() throws Exception {
    for (int i = 0; i < 20; i++) {
      CountDownLatch failed = new CountDownLatch(1);
      threads.execute(
          () -> {
            failed.countDown();
            throw new IllegalStateException("of the test");
          });
      failed.await();
      awaitIdle();
    }
    assertThat(started).hasValue(1);
  }

  @Test
  void idle_threads_end() throws Exception {
    runAndAwait(() -> {});
    await().until(() -> threads.getPoolSize() == 0);
  }

  @Test
  void a_stopped_pool_rejects_work() {
    threads.shutdown();
    assertThatThrownBy(() -> threads.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
