package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.persistence.RolledBackException;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.ResultOutcome;
import io.maquette.task.queue.ResultOutcome.Applied;
import io.maquette.task.queue.ResultOutcome.NotApplied;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.AttemptFailed;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.ModelProgressed;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.submission.AcceptedSubmission;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests of results that are applied together. */
interface ResultPromises extends TaskDatabaseSteps {

  @Test
  default void pictures_of_several_tasks_are_stored_together_and_the_last_completes_its_stage()
      throws Exception {
    Task nearly = create("nearly there");
    storePictures(claimPictures(), 3);
    Task beginning = create("beginning");
    database().sql("update task set due_at = current_timestamp, version = version + 1");
    List<ImageClaim> claims = claimPictures("node-1", 2);
    Instant before = find(beginning.id()).updatedAt();
    database()
        .sql("update task set due_at = current_timestamp, failed_attempts = 2, abandoned = 3");
    List<TaskResult> results = new ArrayList<>();
    for (ImageClaim claim : claims) {
      long call = database().call(heart -> heart.call(claim));
      results.add(
          new ImageStored(
              claim,
              new AcceptedSubmission(call, null, null),
              claim.newImage("v", ImageRemark.UNKNOWN_SUBJECT, Tasks.file(claim.storeScope())),
              Optional.empty()));
    }
    database().run(heart -> heart.writer().apply(results));
    Task done = find(nearly.id());
    assertThat(done.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(done.missingImages()).isEmpty();
    assertThat(done.leasedBy()).isNull();
    Task going = find(beginning.id());
    assertThat(going.images()).extracting(TaskImage::index).containsExactly(0);
    assertThat(going.images().get(0).remark()).isEqualTo(ImageRemark.UNKNOWN_SUBJECT);
    assertThat(going.leasedBy()).isEqualTo("node-1");
    assertThat(going.dueAt()).as("the lease").isAfter(Instant.now().plusSeconds(60));
    assertThat(going.failedAttempts()).isZero();
    assertThat(going.updatedAt()).isAfter(before);
    TaskEvent told = history(beginning.id()).get(2);
    assertThat(told.type()).isEqualTo(TaskEvent.Type.IMAGE_STORED);
    assertThat(told.detail()).isEqualTo("1/4");
    assertThat(told.at()).isEqualTo(going.updatedAt());
    assertThat(history(nearly.id()))
        .extracting(TaskEvent::detail)
        .contains("1/4", "2/4", "3/4", "4/4");
    assertThatThrownBy(() -> database().run(heart -> heart.writer().apply(results)))
        // the first result is stale, and the second one was already applied
        .isInstanceOf(RolledBackException.class);
    assertThat(find(beginning.id()).images()).hasSize(1);
  }

  @Test
  default void results_are_applied_together_and_a_stale_one_does_not_affect_the_others()
      throws Exception {
    Task one = create("one");
    Task cancelled = create("two");
    Task three = create("three");
    List<ImageClaim> claims = claimPictures("node-1", 3);
    database().run(heart -> heart.service().cancel("dev", cancelled.id()));
    Instant later = Instant.now().plusSeconds(60);
    List<TaskResult> results =
        claims.stream()
            .map(claim -> new AttemptFailed(claim, FailureCode.INTERNAL_ERROR, "x", later))
            .map(TaskResult.class::cast)
            .toList();
    List<ResultOutcome> outcomes = database().call(heart -> heart.writer().apply(results));
    assertThat(outcomes)
        .containsExactly(
            new Applied(TaskStatus.IMAGE_GENERATING, Optional.of(later), Optional.empty()),
            NotApplied.REFUSED,
            new Applied(TaskStatus.IMAGE_GENERATING, Optional.of(later), Optional.empty()));
    assertThat(find(one.id()).failedAttempts()).isEqualTo(1);
    assertThat(find(three.id()).failedAttempts()).isEqualTo(1);
    assertThat(find(cancelled.id()).status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(history(three.id()))
        .extracting(TaskEvent::type)
        .containsExactly(
            TaskEvent.Type.STATUS_CHANGED,
            TaskEvent.Type.STATUS_CHANGED,
            TaskEvent.Type.ATTEMPT_FAILED);
  }

  @Test
  default void a_locked_task_delays_no_other() throws Exception {
    Task locked = create("locked");
    Task free = create("free");
    List<ImageClaim> claims = claimPictures("node-1", 2);
    List<TaskResult> results =
        claims.stream()
            .map(claim -> new Postponed(claim, Instant.now().plusSeconds(60)))
            .map(TaskResult.class::cast)
            .toList();
    try (Connection holder = database().source().getConnection();
        Statement lock = holder.createStatement()) {
      holder.setAutoCommit(false);
      lock.execute("select id from task where prompt = 'locked' for update");
      List<ResultOutcome> outcomes = database().call(heart -> heart.writer().apply(results));
      assertThat(outcomes.get(0)).isEqualTo(NotApplied.LOCKED);
      assertThat(outcomes.get(1)).isInstanceOf(Applied.class);
      holder.rollback();
    }
    assertThat(find(free.id()).leasedBy()).isNull();
    assertThat(find(locked.id()).leasedBy()).isEqualTo("node-1");
    ResultOutcome waited = database().call(heart -> heart.writer().applyLocked(results.get(0)));
    assertThat(waited).isInstanceOf(Applied.class);
    database().run(heart -> heart.service().delete("dev", free.id()));
    ResultOutcome gone = database().call(heart -> heart.writer().applyLocked(results.get(1)));
    assertThat(gone).isEqualTo(NotApplied.LOCKED);
  }

  @Test
  default void unchanged_provider_jobs_are_postponed_together_and_changes_are_sent()
      throws Exception {
    PollClaim before = submitted(chosen("as before"));
    PollClaim further = submitted(chosen("further"));
    PollClaim beforeToo = submitted(chosen("as before, too"));
    Instant soon = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.MICROS);
    Instant later = soon.plusSeconds(60);
    List<TaskResult> results =
        List.of(
            new Postponed(before, soon),
            new ModelProgressed(further, ModelStatus.GENERATING, 1, later),
            new Postponed(beforeToo, later));
    List<ResultOutcome> outcomes = database().call(heart -> heart.writer().apply(results));
    assertThat(outcomes)
        .containsExactly(
            new Applied(TaskStatus.MODEL_GENERATING, Optional.of(soon), Optional.empty()),
            new Applied(TaskStatus.MODEL_GENERATING, Optional.of(later), Optional.empty()),
            new Applied(TaskStatus.MODEL_GENERATING, Optional.of(later), Optional.empty()));
    assertThat(find(before.taskId()).dueAt()).isEqualTo(soon);
    assertThat(find(beforeToo.taskId()).dueAt()).isEqualTo(later);
    assertThat(find(before.taskId()).leasedBy()).isNull();
    assertThat(history(before.taskId()))
        .extracting(TaskEvent::type)
        .endsWith(TaskEvent.Type.MODEL_SUBMITTED);
    List<ResultOutcome> again = database().call(heart -> heart.writer().apply(results));
    assertThat(again).containsOnly(NotApplied.REFUSED);
    assertThat(find(before.taskId()).dueAt()).isEqualTo(soon);
  }

  @Test
  default void a_repeated_state_of_the_provider_changes_nothing() throws Exception {
    PollClaim first = submitted(chosen("slow"));
    assertThat(first.known()).isEqualTo(new TaskClaim.KnownState(ModelStatus.PENDING, 0));
    PollClaim second = told(first, 40);
    assertThat(second.known()).isEqualTo(new TaskClaim.KnownState(ModelStatus.GENERATING, 40));
    Instant changed = find(first.taskId()).updatedAt();
    told(told(second, 40), 30); // progress never goes down
    assertThat(find(first.taskId()).updatedAt()).isEqualTo(changed);
    assertThat(history(first.taskId()))
        .extracting(TaskEvent::type)
        .containsOnlyOnce(TaskEvent.Type.MODEL_PROGRESSED);
  }

  private PollClaim told(PollClaim claim, int progress) throws Exception {
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        TaskResult.ofPoll(claim, ModelStatus.GENERATING, progress, Instant.EPOCH)));
    return (PollClaim) database().call(heart -> heart.claims().claimForPolling(1)).get(0);
  }

  @Test
  default void a_result_that_cannot_be_applied_is_rolled_back() throws Exception {
    create("one");
    ImageClaim claim = claimPictures();
    TaskResult impossible =
        new ImageStored(
            claim,
            new AcceptedSubmission(-1, null, null),
            claim.newImage("v", null, Tasks.file("unknown")),
            Optional.empty());
    assertThatThrownBy(() -> database().run(heart -> heart.writer().apply(List.of(impossible))))
        .isInstanceOf(RolledBackException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            heart
                                .results()
                                .apply(
                                    new ImageStored(
                                        claim,
                                        new AcceptedSubmission(reserved(claim), null, null),
                                        claim.newImage(
                                            "v".repeat(5_000),
                                            null,
                                            Tasks.file("too long for its column")),
                                        Optional.empty()))))
        .isNotInstanceOf(RolledBackException.class)
        .isInstanceOf(PersistenceException.class);
  }
}
