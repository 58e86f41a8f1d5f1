package io.maquette.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maquette.persistence.RolledBackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingExecutorTest {

  private static final int UNCERTAIN = 99;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<Integer>> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void end() {
    gate.countDown();
    threads.shutdownNow();
  }

  /** Doubles numbers after the gate opens; negative numbers fail. */
  private List<Integer> doubled(List<Integer> numbers) {
    calls.add(numbers);
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return numbers.stream()
        .map(
            number -> {
              if (number < 0) {
                throw new RolledBackException(new IllegalArgumentException("negative: " + number));
              }
              if (number == UNCERTAIN) {
                throw new IllegalStateException("done or not");
              }
              return 2 * number;
            })
        .toList();
  }

  private BatchingExecutor<Integer, Integer> gathering(int most) {
    return new BatchingExecutor<>(this::doubled, most, 1);
  }

  /** Starts the first piece of work; the others queue behind it. */
  private List<Future<Integer>> behindTheFirst(
      BatchingExecutor<Integer, Integer> gathering, int... all) {
    List<Future<Integer>> results = new ArrayList<>();
    for (int number : all) {
      int before = results.size();
      results.add(threads.submit(() -> gathering.submit(number)));
      await().until(() -> before == 0 ? calls.size() == 1 : gathering.waiting() == before);
    }
    return results;
  }

  @Test
  void a_single_piece_runs_at_once() {
    gate.countDown();
    assertThat(gathering(4).submit(21)).isEqualTo(42);
    assertThat(calls).containsExactly(List.of(21));
  }

  @Test
  void pieces_that_queue_meanwhile_run_in_one_batch_up_to_the_limit() throws Exception {
    List<Future<Integer>> results = behindTheFirst(gathering(3), 1, 2, 3, 4, 5);
    gate.countDown();
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).get()).isEqualTo(2 * (i + 1));
    }
    assertThat(calls).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
  }

  @Test
  void a_failing_piece_does_not_fail_the_others() throws Exception {
    List<Future<Integer>> results = behindTheFirst(gathering(3), 1, 2, -3, 4);
    gate.countDown();
    assertThat(results.get(1).get()).isEqualTo(4);
    assertThatThrownBy(() -> results.get(2).get())
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("negative: -3");
    assertThat(results.get(3).get()).isEqualTo(8);
  }

  @Test
  void a_batch_of_unknown_outcome_is_not_repeated() throws Exception {
    List<Future<Integer>> results = behindTheFirst(gathering(3), 1, 2, UNCERTAIN);
    gate.countDown();
    for (Future<Integer> result : results.subList(1, 3)) {
      assertThatThrownBy(result::get).hasRootCauseMessage("done or not");
    }
    assertThat(calls).containsExactly(List.of(1), List.of(2, UNCERTAIN));
  }

  @Test
  void a_leader_is_free_when_its_own_piece_is_done() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    BatchingExecutor<Integer, Integer> gathering =
        new BatchingExecutor<>(
            numbers -> {
              List<Integer> results = doubled(numbers);
              if (numbers.contains(2)) {
                await().until(() -> second.getCount() == 0);
              }
              return results;
            },
            3,
            1);
    List<Future<Integer>> results = behindTheFirst(gathering, 1, 2);
    gate.countDown();
    assertThat(results.get(0).get(10, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(results.get(1)).isNotDone();
    second.countDown();
    assertThat(results.get(1).get()).isEqualTo(4);
  }

  @Test
  void the_executor_continues_after_a_failure() {
    gate.countDown();
    BatchingExecutor<Integer, Integer> gathering = gathering(4);
    assertThatThrownBy(() -> gathering.submit(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(gathering.submit(3)).isEqualTo(6);
  }
}
