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
  void manyWishesBeforeARoundAreMetByOne() {
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
  void aWishDuringARoundIsMetByOneMore() {
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
  void aRoundThatFailsIsFollowedByOthers() {
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
  void aWishThatFindsNoThreadLeavesTheWayOpenForTheNext() {
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
