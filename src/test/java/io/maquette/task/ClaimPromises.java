package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.queue.TaskDue;
import io.maquette.task.queue.TaskResult.AttemptFailed;
import io.maquette.task.queue.TaskResult.Postponed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tests of claims: one owner of a task at a time, in order, within the limits. */
interface ClaimPromises extends TaskDatabaseSteps {

  @Test
  default void no_two_workers_claim_the_same_task() throws Exception {
    int count = 120;
    for (int i = 0; i < count; i++) {
      create("task " + i);
    }
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<UUID>>> claimers = new ArrayList<>();
      for (int n = 0; n < 4; n++) {
        String node = "node-" + n;
        claimers.add(
            () -> {
              List<UUID> mine = new ArrayList<>();
              int empty = 0;
              while (empty < 50) {
                List<ImageClaim> claims = claimPictures(node, 3);
                claims.forEach(claim -> mine.add(claim.taskId()));
                empty = claims.isEmpty() ? empty + 1 : 0;
              }
              return mine;
            });
      }
      List<UUID> all = new ArrayList<>();
      for (Future<List<UUID>> claimed : nodes.invokeAll(claimers)) {
        all.addAll(claimed.get());
      }
      assertThat(all).doesNotHaveDuplicates().hasSize(count);
    } finally {
      nodes.shutdownNow();
    }
  }

  @Test
  default void the_oldest_task_is_claimed_first() throws Exception {
    UUID first = create("first").id();
    create("second");
    assertThat(claimPictures().taskId()).isEqualTo(first);
  }

  @Test
  default void open_provider_jobs_stay_within_the_limit() throws Exception {
    List<UUID> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(chosen("task " + i).id());
    }
    List<ModelClaim> claims = claimSubmissions("node-1", 10);
    assertThat(claims).extracting(TaskClaim::taskId).containsExactlyElementsOf(tasks.subList(0, 3));
    assertThat(claimSubmissions("node-2", 10)).isEmpty();
    database().run(heart -> heart.service().cancel("dev", tasks.get(0)));
    assertThat(claimSubmissions("node-1", 10))
        .extracting(TaskClaim::taskId)
        .containsExactly(tasks.get(3));
  }

  @Test
  default void a_failed_attempt_is_due_after_its_backoff() throws Exception {
    Task task = create("again");
    ImageClaim claim = claimPictures();
    Instant later = Instant.now().plusSeconds(3600);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new AttemptFailed(claim, FailureCode.PROVIDER_UNAVAILABLE, "503", later)));
    assertThat(claimPictures("node-1", 5)).isEmpty();
    Task waiting = find(task.id());
    assertThat(waiting.status()).isEqualTo(TaskStatus.IMAGE_GENERATING);
    assertThat(waiting.failedAttempts()).isEqualTo(1);
  }

  @Test
  default void queues_report_waiting_and_claimed_tasks_and_the_oldest() throws Exception {
    Task taken = create("one");
    Task waiting = create("two");
    claimPictures();
    Map<TaskStatus, QueueState> queues = database().call(heart -> heart.queries().queues());
    assertThat(queues)
        .containsOnlyKeys(
            TaskStatus.IMAGE_PENDING,
            TaskStatus.IMAGE_GENERATING,
            TaskStatus.IMAGE_EDITING,
            TaskStatus.MODEL_PENDING,
            TaskStatus.MODEL_GENERATING)
        .containsEntry(
            TaskStatus.IMAGE_PENDING,
            new QueueState(1, 0, find(waiting.id()).updatedAt(), find(waiting.id()).dueAt()))
        .containsEntry(
            TaskStatus.IMAGE_GENERATING,
            new QueueState(1, 1, find(taken.id()).updatedAt(), find(taken.id()).dueAt()))
        .containsEntry(TaskStatus.MODEL_PENDING, new QueueState(0, 0, null, null));
  }

  @Test
  default void many_tasks_of_one_user_do_not_delay_other_users() throws Exception {
    Task first = chosenBy("busy");
    Task second = chosenBy("busy");
    Task third = chosenBy("busy");
    Task other = chosenBy("patient");
    assertThat(claimSubmissions("node-1", 1))
        .extracting(TaskClaim::taskId)
        .containsExactly(first.id());
    assertThat(claimSubmissions("node-1", 1))
        .extracting(TaskClaim::taskId)
        .containsExactly(other.id());
    assertThat(claimSubmissions("node-1", 9, "local", 10))
        .extracting(TaskClaim::taskId)
        .containsExactly(second.id(), third.id());
  }

  @Test
  default void each_provider_has_its_own_concurrency_limit() throws Exception {
    for (int index = 0; index < 5; index++) {
      chosen("task " + index);
    }
    assertThat(claimSubmissions("node-1", 9, "one", 2)).hasSize(2);
    assertThat(claimSubmissions("node-2", 9, "one", 2)).isEmpty();
    List<ModelClaim> others = claimSubmissions("node-2", 9, "two", 1);
    assertThat(others).extracting(ModelClaim::provider).containsExactly("two");
  }

  @Test
  default void a_fallback_provider_takes_over_if_it_has_a_free_slot() throws Exception {
    Task task = chosen("moves");
    chosen("stays");
    ModelClaim moving = claimSubmissions("node-1", 1, "one", 1).get(0);
    ModelClaim staying = claimSubmissions("node-1", 1, "two", 1).get(0);
    assertThat(moves(moving, "two", 1)).isFalse();
    assertThat(moves(moving, "two", 2)).isTrue();
    assertThatThrownBy(() -> moves(moving, "two", 3)).isInstanceOf(StaleClaimException.class);
    assertThat(find(staying.taskId()).model().orElseThrow().provider()).isEqualTo("two");
    TaskClaim again = database().call(heart -> heart.claims().claimForPolling(1)).get(0);
    assertThat(again.taskId()).isEqualTo(task.id());
    assertThat(again.modelProvider()).contains("two");
    assertThat(again.failedAttempts()).isZero();
    assertThat(history(task.id()))
        .filteredOn(event -> event.type() == TaskEvent.Type.PROVIDER_CHANGED)
        .extracting(TaskEvent::detail)
        .containsExactly("one -> two: OUT_OF_CREDIT");
  }

  private boolean moves(TaskClaim claim, String to, int openJobs) throws Exception {
    return database()
        .call(heart -> heart.claims().changeProvider(claim, to, openJobs, "OUT_OF_CREDIT"));
  }

  @Test
  default void the_rate_limit_spaces_calls_of_all_nodes() throws Exception {
    Duration gap = Duration.ofMillis(400);
    List<Optional<Duration>> waits = new ArrayList<>();
    for (int call = 0; call < 5; call++) {
      String node = "node-" + call % 2;
      waits.add(database().call(node, heart -> heart.pace().reserve("tencent", gap)));
    }
    assertThat(waits.get(0)).contains(Duration.ZERO);
    assertThat(waits.get(2))
        .hasValueSatisfying(wait -> assertThat(wait).isBetween(gap, gap.multipliedBy(2)));
    assertThat(waits.get(4)).isEmpty();
    Optional<Duration> other = database().call(heart -> heart.pace().reserve("meshy", gap));
    assertThat(other).contains(Duration.ZERO);
  }

  @Test
  default void a_released_task_wakes_the_workers_when_it_is_due() throws Exception {
    create("later");
    ImageClaim claim = claimPictures();
    Instant later = Instant.now().plusSeconds(60);
    database().run(heart -> heart.results().apply(new Postponed(claim, later)));
    assertThat(database().due).containsExactly(new TaskDue(TaskStatus.IMAGE_GENERATING, later));
  }
}
