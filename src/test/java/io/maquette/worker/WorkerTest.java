package io.maquette.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.option.ImageOptions;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<TaskClaim> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<TaskClaim> left = new ConcurrentLinkedQueue<>();
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static TaskClaim claim() {
    return new TaskClaim.ImageClaim(
        new TaskClaim.ClaimedTask(UUID.randomUUID(), "dev", 1, 0, Instant.EPOCH, Optional.empty()),
        "p",
        ImageOptions.NONE,
        List.of(0),
        Optional.empty(),
        false);
  }

  private void queue(int count) {
    for (int i = 0; i < count; i++) {
      waiting.add(claim());
    }
  }

  private List<TaskClaim> take(int max) {
    List<TaskClaim> taken = new ArrayList<>();
    for (TaskClaim next = waiting.poll(); next != null; next = waiting.poll()) {
      taken.add(next);
      if (taken.size() == max) {
        break;
      }
    }
    return taken;
  }

  private Worker loop(int hands, IntFunction<List<TaskClaim>> queue, Worker.Step step) {
    return new Worker("test", hands, queue, step, left::add, threads, Clock.systemUTC());
  }

  private void awaitDone(int count) {
    await().atMost(Duration.ofSeconds(10)).until(() -> done.get() == count);
  }

  @Test
  void one_wake_up_claims_all_waiting_tasks() {
    queue(50);
    loop(3, this::take, claim -> done.incrementAndGet()).wake();
    awaitDone(50);
  }

  @Test
  void a_worker_claims_only_for_its_free_threads() throws Exception {
    queue(10);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Worker loop =
        loop(
            2,
            this::take,
            claim -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              gate.await();
              atOnce.decrementAndGet();
              done.incrementAndGet();
            });
    loop.wake();
    await().atMost(Duration.ofSeconds(10)).until(() -> loop.status().work().size() == 2);
    assertThat(waiting).hasSize(8);
    assertThat(loop.status().busy()).isEqualTo(2);
    gate.countDown();
    awaitDone(10);
    assertThat(most).hasValue(2);
  }

  @Test
  void a_failing_step_does_not_stop_the_others() {
    queue(20);
    AtomicInteger count = new AtomicInteger();
    loop(
            2,
            this::take,
            claim -> {
              done.incrementAndGet();
              if (count.incrementAndGet() % 3 == 0) {
                throw new IllegalStateException("broken");
              }
            })
        .wake();
    awaitDone(20);
    await().atMost(Duration.ofSeconds(10)).until(() -> left.size() == 6);
  }

  /** Runs one claim and waits until the worker is idle again. */
  private void tryOne(Worker.Step step) {
    queue(1);
    Worker loop =
        loop(
            1,
            this::take,
            claim -> {
              done.incrementAndGet();
              step.work(claim);
            });
    loop.wake();
    awaitDone(1);
    await().atMost(Duration.ofSeconds(10)).until(() -> loop.status().busy() == 0);
  }

  @Test
  void a_step_that_ends_with_an_error_releases_its_task() {
    tryOne(
        claim -> {
          throw new IllegalAccessError("as a server's proxy does");
        });
    assertThat(left).hasSize(1);
  }

  @Test
  void a_stale_claim_is_not_released() {
    tryOne(
        claim -> {
          throw new StaleClaimException(claim);
        });
    assertThat(left).isEmpty();
  }

  @Test
  void a_worker_claims_again_after_a_failing_claim() {
    AtomicBoolean broken = new AtomicBoolean(true);
    Worker loop =
        loop(
            2,
            max -> {
              if (broken.get()) {
                throw new AssertionError("the database is away");
              }
              return take(max);
            },
            claim -> done.incrementAndGet());
    queue(1);
    loop.wake();
    await().atMost(Duration.ofSeconds(10)).until(() -> loop.status().lastTrouble() != null);
    broken.set(false);
    loop.wake();
    awaitDone(1);
    await().atMost(Duration.ofSeconds(10)).until(() -> loop.status().lastTrouble() == null);
  }

  @Test
  void a_worker_asks_again_when_the_server_has_no_threads() {
    AtomicBoolean full = new AtomicBoolean(true);
    Worker loop =
        new Worker(
            "test",
            1,
            this::take,
            claim -> done.incrementAndGet(),
            left::add,
            work -> {
              if (full.get()) {
                throw new RejectedExecutionException("full");
              }
              threads.execute(work);
            },
            Clock.systemUTC());
    queue(1);
    loop.wake();
    full.set(false);
    loop.wake();
    awaitDone(1);
    assertThat(left).isEmpty();
  }

  @Test
  void a_stopped_worker_claims_nothing() {
    Worker loop = loop(1, this::take, claim -> done.incrementAndGet());
    loop.stopClaiming();
    queue(1);
    loop.wake();
    assertThat(waiting).hasSize(1);
    assertThat(loop.status().lastRoundAt()).isNull();
  }
}
