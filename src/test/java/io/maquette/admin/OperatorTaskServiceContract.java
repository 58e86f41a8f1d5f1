package io.maquette.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.monitoring.TaskStatistics;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.TaskDatabase;
import io.maquette.task.TaskException;
import io.maquette.task.TaskStatus;
import io.maquette.task.Tasks;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.ModelCompleted;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.LikelyCost;
import io.maquette.task.submission.ProviderControl;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract of operator actions on tasks and providers, for every database. */
public abstract class OperatorTaskServiceContract {

  private static final String ADA = "operator:ada";

  protected abstract TaskDatabase database();

  @BeforeEach
  void clear() throws SQLException {
    database().clear();
  }

  private OperatorTaskService.Done intervene(Intervention what, UUID id) throws Exception {
    return database().call(heart -> heart.interventions().intervene(what, id, ADA));
  }

  private OperatorTaskService.Done move(UUID id, String provider, int openJobs) throws Exception {
    return database()
        .call(heart -> heart.interventions().changeProvider(id, provider, openJobs, ADA));
  }

  private TaskDetails details(UUID id) throws Exception {
    return database().call(heart -> heart.all().details(id));
  }

  private static AcceptedSubmission accepted(long call, String job) {
    return new AcceptedSubmission(call, job, "request-" + job);
  }

  /** Creates a task with four pictures and a chosen one. */
  private UUID chosen() throws Exception {
    UUID id = database().create();
    database().storePictures(database().claimPictures());
    database().run(heart -> heart.service().selectImage("dev", id, 0));
    return id;
  }

  /** Opens a provider job for the task and returns the claim of its poll. */
  private PollClaim submitted(UUID id, String provider) throws Exception {
    ModelClaim claim =
        database().call(heart -> heart.claims().claimForSubmission(1, provider, 3)).get(0);
    assertThat(claim.taskId()).isEqualTo(id);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelSubmitted(
                            claim,
                            accepted(heart.call(claim), "job-of-" + provider),
                            Instant.EPOCH,
                            claim.startedAt())));
    return (PollClaim) database().call(heart -> heart.claims().claimForPolling(1)).get(0);
  }

  @Test
  void a_result_under_a_released_lease_is_refused() throws Exception {
    UUID id = database().create();
    ImageClaim held = database().claimPictures();
    assertThat(details(id).lease().node()).isEqualTo("node-1");
    assertThat(details(id).lease().until()).isAfter(database().clock().instant());

    OperatorTaskService.Done done = intervene(Intervention.RELEASE_LEASE, id);

    assertThat(done.before().leasedBy()).isEqualTo("node-1");
    assertThat(done.after().leasedBy()).isNull();
    assertThat(details(id).lease()).isNull();
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            heart
                                .results()
                                .apply(
                                    new ImageStored(
                                        held,
                                        accepted(1, null),
                                        held.newImage("v", null, Tasks.file("too late")),
                                        Optional.empty()))))
        .isInstanceOf(StaleClaimException.class);
    List<String> discarded = database().call(heart -> heart.discarded().oldest(10));
    assertThat(discarded).contains(held.storeScope() + "/");
    TaskClaim next =
        database().call("node-2", heart -> heart.claims().claimForPictures(1, "local")).get(0);
    assertThat(next.taskId()).isEqualTo(id);
    assertThat(next.fence()).isGreaterThan(held.fence());
    assertThat(details(id).history())
        .anyMatch(event -> event.actor().equals(ADA) && event.detail().equals("taken from node-1"));
    intervene(Intervention.RELEASE_LEASE, id);
    assertThatThrownBy(() -> intervene(Intervention.RELEASE_LEASE, id))
        .isInstanceOf(TaskException.InterventionRefused.class)
        .hasMessage("NOT_HELD");
  }

  @Test
  void operators_follow_the_rules_of_the_owner() throws Exception {
    UUID id = database().create();
    assertThatThrownBy(() -> intervene(Intervention.RETRY_IMAGES, id))
        .isInstanceOf(TaskException.InvalidState.class);
    assertThat(intervene(Intervention.CANCEL, id).after().status()).isEqualTo(TaskStatus.CANCELLED);
    assertThatThrownBy(() -> intervene(Intervention.CANCEL, id))
        .isInstanceOf(TaskException.InvalidState.class);

    UUID failed = database().create();
    ImageClaim claim = database().claimPictures();
    database().run(heart -> heart.results().apply(new Failed(claim, FailureCode.TIMED_OUT, "x")));
    assertThatThrownBy(() -> intervene(Intervention.RETRY_MODEL, failed))
        .isInstanceOf(TaskException.InvalidState.class);
    OperatorTaskService.Done again = intervene(Intervention.RETRY_IMAGES, failed);
    assertThat(again.before().errorCode()).isEqualTo(FailureCode.TIMED_OUT);
    assertThat(again.after().status()).isEqualTo(TaskStatus.IMAGE_PENDING);

    assertThat(intervene(Intervention.DELETE, failed).after()).isNull();
    assertThatThrownBy(() -> details(failed)).isInstanceOf(TaskException.NotFound.class);
    assertThatThrownBy(() -> intervene(Intervention.DELETE, failed))
        .isInstanceOf(TaskException.NotFound.class);
    for (Intervention what : Intervention.values()) {
      assertThat(what.from()).as(what.name()).isNotEmpty();
    }
  }

  @Test
  void a_change_of_provider_abandons_the_open_job() throws Exception {
    UUID id = chosen();
    PollClaim held = submitted(id, "tencent");
    database().announced.clear();
    assertThatThrownBy(() -> move(id, "tencent", 3)).hasMessage("SAME_PROVIDER");
    assertThatThrownBy(() -> move(id, "meshy", 0)).hasMessage("NO_ROOM");
    assertThat(details(id).model().provider()).isEqualTo("tencent");

    OperatorTaskService.Done done = move(id, "meshy", 1);

    assertThat(done.before().jobId()).isEqualTo("job-of-tencent");
    assertThat(done.after().provider()).isEqualTo("meshy");
    assertThat(done.after().jobId()).isNull();
    assertThat(database().announced)
        .anyMatch(change -> new TaskClaim.Job("tencent", "job-of-tencent").equals(change.job()));
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            heart
                                .results()
                                .apply(
                                    new ModelCompleted(
                                        held, Tasks.modelFile("m.glb"), Optional.empty()))))
        .isInstanceOf(StaleClaimException.class);
    TaskClaim next = database().call(heart -> heart.claims().claimForPolling(1)).get(0);
    assertThat(next).isInstanceOf(ModelClaim.class);
    assertThat(next.modelProvider()).contains("meshy");
    assertThat(next.startedAt()).isAfter(held.startedAt());
  }

  @Test
  void a_waiting_or_failed_task_goes_to_the_chosen_provider() throws Exception {
    UUID waiting = chosen();
    assertThat(move(waiting, "meshy", 3).after().status()).isEqualTo(TaskStatus.MODEL_GENERATING);
    TaskClaim claim = database().call(heart -> heart.claims().claimForPolling(1)).get(0);
    assertThat(claim.modelProvider()).contains("meshy");
    database().run(heart -> heart.results().apply(new Failed(claim, FailureCode.TIMED_OUT, "x")));

    assertThat(move(waiting, "meshy", 3).after().status()).isEqualTo(TaskStatus.MODEL_GENERATING);
    assertThat(details(waiting).failedStage()).isNull();

    UUID withoutPictures = database().create();
    assertThatThrownBy(() -> move(withoutPictures, "meshy", 3))
        .isInstanceOf(TaskException.InvalidState.class);
  }

  @Test
  void orders_for_a_provider_are_stored() throws Exception {
    database().run(heart -> heart.controls().pause("meshy", "ada@maquette.example", "a bill"));
    database().run(heart -> heart.controls().limit("meshy", 7, 2));
    ProviderControl paused = database().call(heart -> heart.controls().all()).get(0);
    assertThat(paused.isPaused()).isTrue();
    assertThat(paused.pausedBy()).isEqualTo("ada@maquette.example");
    assertThat(paused.pauseReason()).isEqualTo("a bill");
    assertThat(paused.openJobs()).contains(7);
    assertThat(paused.requestsPerSecond()).contains(2);
    assertThat(paused.resumedAt()).isEmpty();

    database().run(heart -> heart.controls().resume("meshy"));
    database().run(heart -> heart.controls().limit("meshy", null, null));
    database().run(heart -> heart.controls().probe("meshy"));
    ProviderControl resumed = database().call(heart -> heart.controls().all()).get(0);
    assertThat(resumed.isPaused()).isFalse();
    assertThat(resumed.resumedAt()).isPresent();
    assertThat(resumed.openJobs()).isEmpty();
    assertThat(resumed.requestsPerSecond()).isEmpty();
    assertThat(resumed.probedAt()).isNotNull();
    assertThatThrownBy(() -> database().run(heart -> heart.controls().limit("meshy", 0, null)))
        .isInstanceOf(Exception.class);
  }

  @Test
  void two_operators_can_give_the_first_order_at_once() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> second =
          database()
              .call(
                  heart -> {
                    heart.controls().pause("tencent", "ada@maquette.example", "a bill");
                    Future<?> other =
                        threads.submit(
                            () -> {
                              begun.countDown();
                              database().run(heart2 -> heart2.controls().limit("tencent", 7, 2));
                              return null;
                            });
                    begun.await();
                    assertThatThrownBy(() -> other.get(200, TimeUnit.MILLISECONDS))
                        .as("waits for the first")
                        .isInstanceOf(TimeoutException.class);
                    return other;
                  });
      second.get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    ProviderControl control = database().call(heart -> heart.controls().find("tencent"));
    assertThat(control.isPaused()).isTrue();
    assertThat(control.openJobs()).contains(7);
  }

  @Test
  void statistics_have_costs_and_open_jobs_by_provider() throws Exception {
    UUID id = chosen();
    PollClaim claim = submitted(id, "meshy");
    Map<String, Long> open = database().call(heart -> heart.statistics().openJobs());
    assertThat(open).isEqualTo(Map.of("meshy", 1L));
    database().sql("update provider_call set provider = 'meshy' where stage = 'MODEL'");
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelCompleted(
                            claim, Tasks.modelFile("m.glb"), Optional.of(new BigDecimal("7.5")))));
    LikelyCost cost =
        database()
            .call(heart -> heart.statistics().likelyCost("meshy", Stage.MODEL, 4))
            .orElseThrow();
    assertThat(cost)
        .isEqualTo(
            new LikelyCost("meshy", 4, new BigDecimal("7.5000"), new BigDecimal("30.0000"), 1));
    Optional<LikelyCost> none =
        database().call(heart -> heart.statistics().likelyCost("meshy", Stage.IMAGE, 4));
    assertThat(none).isEmpty();
    TaskStatistics.Throughput done =
        database()
            .call(
                heart ->
                    heart
                        .statistics()
                        .throughput(database().clock().instant().minus(Duration.ofHours(1))));
    assertThat(done).isEqualTo(new TaskStatistics.Throughput(1, 1, 1, 0));
  }
}
