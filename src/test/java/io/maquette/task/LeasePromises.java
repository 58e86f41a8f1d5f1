package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maquette.cluster.LocalNode;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.Leases;
import io.maquette.task.queue.TaskResult.ModelCompleted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Tests of leases that end, and of nodes that stop or are gone. */
interface LeasePromises extends TaskDatabaseSteps {

  private int endLeftovers(boolean exclusive) throws Exception {
    return database().leases(new LocalNode("node-1", exclusive)).endLeftovers();
  }

  @Test
  default void a_task_with_an_expired_lease_is_reclaimed_and_the_late_result_is_refused()
      throws Exception {
    database().set(Map.of("maquette.image.deadline", "PT1S", "maquette.worker.lease", "PT1.1S"));
    Task task = create("a long nap");
    ImageClaim sleeper = claimPictures();
    storePictures(sleeper, 1);
    assertThat(claimPictures("node-2", 1)).isEmpty();

    List<ImageClaim> taken = new ArrayList<>();
    await().atMost(Duration.ofSeconds(10)).until(() -> taken.addAll(claimPictures("node-2", 1)));
    assertThat(taken.get(0).missingImages()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> storePictures(sleeper, 1)).isInstanceOf(StaleClaimException.class);
    assertThat(find(task.id()).images()).hasSize(1);
    assertThat(history(task.id()))
        .extracting(TaskEvent::type)
        .contains(TaskEvent.Type.WORK_RESUMED);
  }

  @Test
  default void a_restarted_node_takes_back_its_leases_at_once() throws Exception {
    create("killed");
    create("somebody else's");
    claimPictures();
    ImageClaim others = claimPictures("node-2", 1).get(0);
    assertThat(endLeftovers(false)).isEqualTo(1);
    ImageClaim again = claimPictures();
    assertThat(again.taskId()).isNotEqualTo(others.taskId());
  }

  @Test
  default void an_embedded_database_has_no_leases_of_other_nodes() throws Exception {
    create("killed");
    claimPictures("an earlier life", 1);
    assertThat(endLeftovers(true)).isEqualTo(1);
    claimPictures();
  }

  @Test
  default void cancel_wins_over_a_late_result() throws Exception {
    Task task = chosen("cancelled");
    PollClaim polling = submitted(task);
    database().run(heart -> heart.service().cancel("dev", task.id()));
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            heart
                                .results()
                                .apply(
                                    new ModelCompleted(
                                        polling, Tasks.modelFile("m"), Optional.empty()))))
        .isInstanceOf(StaleClaimException.class);
    Task after = find(task.id());
    assertThat(after.status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(after.model().orElseThrow().file()).isEmpty();
    assertThat(database().announced.get(database().announced.size() - 1).job())
        .as("the job left open")
        .isEqualTo(new TaskClaim.Job("local", "job-1"));
  }

  @Test
  default void a_stopping_node_releases_its_leases_and_claims_no_more() throws Exception {
    create("held");
    ImageClaim held = claimPictures();
    assertThat(giveBack()).isEqualTo(1);
    assertThat(giveBack()).isZero();
    ImageClaim next = claimPictures();
    assertThat(next.taskId()).isEqualTo(held.taskId());
    assertThat(next.fence()).isGreaterThan(held.fence());
  }

  @Test
  default void a_failed_step_releases_its_task_unless_the_claim_has_ended() throws Exception {
    Task task = create("broken off");
    ImageClaim broken = claimPictures();
    Leases leases = database().leases(new LocalNode("node-1", false));
    leases.giveBack(broken, Instant.now().minusSeconds(1));
    ImageClaim next = claimPictures("node-2", 1).get(0);
    leases.giveBack(broken, Instant.now().minusSeconds(1));
    assertThat(claimPictures("node-1", 1)).isEmpty();
    assertThat(find(task.id()).leasedBy()).isEqualTo("node-2");
    assertThat(history(task.id()))
        .extracting(TaskEvent::type)
        .doesNotContain(TaskEvent.Type.WORK_RESUMED);
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10)))
        .containsExactly(broken.storeScope() + "/");
    storePictures(next, 1);
  }

  private int endThoseOf(String gone) throws Exception {
    return database().leases(new LocalNode("node-2", false)).endThoseOf(gone);
  }

  @Test
  default void other_nodes_reclaim_tasks_of_a_dead_node_at_once() throws Exception {
    create("held by a node that is gone");
    ImageClaim held = claimPictures();
    assertThat(endThoseOf("node-3")).isZero();
    assertThat(endThoseOf("node-1")).isEqualTo(1);
    storePictures(held, 1);
    assertThat(endThoseOf("node-1")).isEqualTo(1);
    ImageClaim taken = claimPictures("node-2", 1).get(0);
    assertThat(taken.missingImages()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> storePictures(held, 1)).isInstanceOf(StaleClaimException.class);
  }

  @Test
  default void a_poison_task_is_given_up() throws Exception {
    Task task = create("poison");
    ImageClaim first = claimPictures();
    for (int nodes = 1; nodes < Task.ABANDONED_LIMIT; nodes++) {
      endThoseOf("node-1");
      assertThat(claimPictures("node-1", 1)).hasSize(1);
    }
    endThoseOf("node-1");
    assertThat(claimPictures("node-1", 1)).isEmpty();
    Task failed = find(task.id());
    assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(failed.errorCode()).isEqualTo(FailureCode.INTERNAL_ERROR);
    assertThat(failed.leasedBy()).isNull();
    List<TaskEvent> history = history(task.id());
    assertThat(history.get(history.size() - 1).detail())
        .contains("left half done 5 times in a row");
    assertThatThrownBy(() -> storePictures(first, 1)).isInstanceOf(StaleClaimException.class);
  }

  @Test
  default void progress_shows_that_a_task_is_not_poison() throws Exception {
    create("slow, and the nodes are killed often");
    for (int picture = 0; picture < 3; picture++) {
      for (int nodes = 1; nodes < Task.ABANDONED_LIMIT - 1; nodes++) {
        claimPictures();
        endThoseOf("node-1");
      }
      storePictures(claimPictures(), 1);
      endThoseOf("node-1");
    }
    storePictures(claimPictures(), 1);
  }

  @Test
  default void files_of_a_lost_claim_are_listed_and_needed_ones_are_not() throws Exception {
    Task task = create("killed");
    ImageClaim killed = claimPictures();
    storePictures(killed, 1);
    String needed = Tasks.file(killed.storeScope() + 0).key();
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10))).isEmpty();
    endThoseOf("node-1");
    ImageClaim stopped = claimPictures();
    giveBack();
    ImageClaim cancelled = claimPictures();
    database().run(heart -> heart.discarded().leftBy(cancelled));
    database().run(heart -> heart.service().cancel("dev", task.id()));
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10)))
        .containsExactlyInAnyOrder(
            killed.storeScope() + "/", stopped.storeScope() + "/", cancelled.storeScope() + "/");
    assertThat(
            database()
                .<List<String>>call(
                    heart -> heart.discarded().unneeded(List.of(needed, "left/behind"))))
        .containsExactly("left/behind");
  }

  @Test
  default void a_discarded_file_may_be_listed_twice_at_once() throws Exception {
    Task task = create("stopped and cancelled at the same moment");
    ImageClaim held = claimPictures();
    ExecutorService others = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> atOnce =
          database()
              .call(
                  heart -> {
                    heart.service().cancel("dev", task.id());
                    heart.entities().flush();
                    List<Future<?>> waiting =
                        List.of(
                            others.submit(this::giveBack),
                            others.submit(
                                () -> {
                                  database().run(other -> other.discarded().leftBy(held));
                                  return null;
                                }));
                    assertThatThrownBy(() -> waiting.get(1).get(300, TimeUnit.MILLISECONDS))
                        .as("it waits its turn")
                        .isInstanceOf(TimeoutException.class);
                    return waiting;
                  });
      for (Future<?> done : atOnce) {
        done.get();
      }
    } finally {
      others.shutdownNow();
    }
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10)))
        .containsExactly(held.storeScope() + "/");
  }
}
