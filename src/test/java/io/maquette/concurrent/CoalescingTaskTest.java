package io.maquette.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescingTaskTest {

  private final Deque<Runnable> threads = new ArrayDeque<>();
  private final AtomicInteger done = new AtomicInteger();

  @Test
  void many_requests_before_a_run_cause_one_run() {
    CoalescingTask rounds = new CoalescingTask("counting", done::incrementAndGet, threads::add);
    rounds.request();
    rounds.request();
    assertThat(threads).hasSize(1);
    assertThat(rounds.isIdle()).isFalse();
    threads.remove().run();
    assertThat(done).hasValue(1);
    assertThat(rounds.isIdle()).isTrue();
  }

  @Test
  void a_request_during_a_run_causes_one_more_run() {
    CoalescingTask[] rounds = new CoalescingTask[1];
    rounds[0] =
        new CoalescingTask(
            "counting",
            () -> {
              if (done.incrementAndGet() == 1) {
                rounds[0].request();
                rounds[0].request();
              }
            },
            threads::add);
    rounds[0].request();
    threads.remove().run();
    assertThat(done).hasValue(2);
    assertThat(threads).isEmpty();
  }

  @Test
  void a_failing_run_does_not_stop_later_ones() {
    CoalescingTask rounds =
        new CoalescingTask(
            "failing",
            () -> {
              done.incrementAndGet();
              throw new IllegalStateException("as told by the test");
            },
            threads::add);
    rounds.request();
    threads.remove().run();
    rounds.request();
    threads.remove().run();
    assertThat(done).hasValue(2);
  }

  @Test
  void a_request_without_a_thread_does_not_block_the_next() {
    boolean[] full = {true};
    CoalescingTask rounds =
        new CoalescingTask(
            "counting",
            done::incrementAndGet,
            work -> {
              if (full[0]) {
                throw new RejectedExecutionException("as told by the test");
              }
              work.run();
            });
    rounds.request();
    full[0] = false;
    rounds.request();
    assertThat(done).hasValue(1);
  }
}
