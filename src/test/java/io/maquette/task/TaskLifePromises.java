package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.cluster.LocalNode;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.ModelCompleted;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of a task from its creation to its deletion. */
interface TaskLifePromises extends TaskDatabaseSteps {

  private Task createUnderKey(String owner) throws Exception {
    return database().call(heart -> heart.service().create(owner, "once", "key"));
  }

  private int forgetOld() throws Exception {
    return database().call(heart -> heart.keys().forgetOld());
  }

  @Test
  default void every_change_of_a_task_is_in_its_history() throws Exception {
    Task task = chosen("a red fox 🦊");
    PollClaim polling = submitted(task);
    assertThat(polling.job()).isEqualTo(new TaskClaim.Job("local", "job-1"));
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(TaskResult.ofPoll(polling, ModelStatus.GENERATING, 30, Instant.EPOCH)));
    PollClaim last = (PollClaim) database().call(heart -> heart.claims().claimForPolling(1)).get(0);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(new ModelCompleted(last, Tasks.modelFile("m.glb"), Optional.empty())));

    Task done = find(task.id());
    assertThat(done.prompt()).isEqualTo("a red fox 🦊");
    assertThat(done.status()).isEqualTo(TaskStatus.MODEL_COMPLETED);
    assertThat(done.images()).extracting(TaskImage::index).containsExactly(0, 1, 2, 3);
    assertThat(done.selectedImageIndex()).isEqualTo(2);
    TaskModel model = done.model().orElseThrow();
    assertThat(model.file().orElseThrow().key()).isEqualTo("m.glb");
    assertThat(model.progress()).isEqualTo(100);
    assertThat(model.apiTaskId()).isEqualTo("job-1");
    assertThat(done.dueAt()).isNull();
    assertThat(done.leasedBy()).isNull();

    List<TaskEvent> history = history(task.id());
    assertThat(history)
        .extracting(event -> event.type() + " " + event.to())
        .containsExactly(
            "STATUS_CHANGED IMAGE_PENDING",
            "STATUS_CHANGED IMAGE_GENERATING",
            "IMAGE_STORED IMAGE_GENERATING",
            "IMAGE_STORED IMAGE_GENERATING",
            "IMAGE_STORED IMAGE_GENERATING",
            "IMAGE_STORED IMAGE_GENERATING",
            "STATUS_CHANGED IMAGE_COMPLETED",
            "STATUS_CHANGED MODEL_PENDING",
            "STATUS_CHANGED MODEL_GENERATING",
            "MODEL_SUBMITTED MODEL_GENERATING",
            "MODEL_PROGRESSED MODEL_GENERATING",
            "STATUS_CHANGED MODEL_COMPLETED");
    assertThat(history).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    assertThat(database().announced).hasSize(history.size());
  }

  @Test
  default void no_stage_ends_before_it_began_although_clocks_are_set_back() throws Exception {
    try {
      Task task = create("back in time");
      database().setClocksBehind(Duration.ofMinutes(10));
      storePictures(claimPictures(), 3);
      database().setClocksBehind(Duration.ofMinutes(20));
      database().leases(new LocalNode("node-1", false)).giveBack();
      storePictures(claimPictures(), 1);
      database().run(heart -> heart.service().selectImage("dev", task.id(), 2));
      database().setClocksBehind(Duration.ofMinutes(30));
      PollClaim claim = submitted(task);
      database().setClocksBehind(Duration.ofMinutes(40));
      database()
          .run(
              heart ->
                  heart
                      .results()
                      .apply(new ModelCompleted(claim, Tasks.modelFile("m"), Optional.empty())));

      Task done = find(task.id());
      assertThat(
              List.of(
                  done.createdAt(),
                  done.imageGenerationStartedAt(),
                  done.imageGenerationCompletedAt(),
                  done.model().orElseThrow().createdAt(),
                  done.modelGenerationStartedAt(),
                  done.model().orElseThrow().completedAt(),
                  done.completedAt()))
          .isSorted();
      assertThat(history(task.id()))
          .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
      for (Stage stage : Stage.values()) {
        List<Duration> past = database().call(heart -> heart.queries().pastDurations(stage));
        assertThat(past).isNotEmpty().allMatch(duration -> !duration.isNegative());
      }
    } finally {
      database().setClocksBehind(Duration.ZERO);
    }
  }

  @Test
  default void times_are_kept_to_the_microsecond() throws Exception {
    Task task = create("time");
    assertThat(find(task.id()).createdAt()).isEqualTo(task.createdAt());
  }

  @Test
  default void a_result_for_a_deleted_task_is_refused() throws Exception {
    Task task = create("deleted");
    ImageClaim claim = claimPictures();
    database().run(heart -> heart.service().delete("dev", task.id()));
    assertThatThrownBy(() -> storePictures(claim, 1)).isInstanceOf(StaleClaimException.class);
  }

  @Test
  default void deleting_a_task_leaves_no_row_and_lists_its_files() throws Exception {
    Task task = chosen("gone");
    database().run(heart -> heart.service().delete("dev", task.id()));
    assertThatThrownBy(() -> find(task.id())).isInstanceOf(TaskException.NotFound.class);
    assertThatThrownBy(() -> history(task.id())).isInstanceOf(TaskException.NotFound.class);
    List<String> keys = discarded();
    assertThat(keys).hasSize(4);
    database().run(heart -> heart.discarded().deleted(keys));
    assertThat(discarded()).isEmpty();
    assertThat(database().announced.get(database().announced.size() - 1).to()).isNull();
  }

  @Test
  default void retrying_images_removes_rows_and_generates_four_new_pictures() throws Exception {
    Task task = chosen("again");
    PollClaim polling = submitted(task);
    database()
        .run(
            heart ->
                heart.results().apply(new Failed(polling, FailureCode.PROVIDER_REFUSED, "policy")));
    database().run(heart -> heart.service().retryImages("dev", task.id()));
    Task again = find(task.id());
    assertThat(again.images()).isEmpty();
    assertThat(again.model()).isEmpty();
    storePictures(claimPictures(), 4);
    assertThat(find(task.id()).status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
  }

  @Test
  default void another_choice_after_completion_reuses_the_model_row() throws Exception {
    Task task = chosen("again");
    PollClaim polling = submitted(task);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(new ModelCompleted(polling, Tasks.modelFile("old"), Optional.empty())));
    database().run(heart -> heart.service().selectImage("dev", task.id(), 0));
    Task again = find(task.id());
    assertThat(again.status()).isEqualTo(TaskStatus.MODEL_PENDING);
    assertThat(again.model().orElseThrow().file()).isEmpty();
    assertThat(discarded()).containsExactly("old");
  }

  @Test
  default void a_repeated_idempotency_key_returns_the_first_answer() throws Exception {
    Task first = database().call(heart -> heart.service().create("dev", "once", "key"));
    database().run(heart -> heart.service().cancel("dev", first.id()));
    Task repeat = database().call(heart -> heart.service().create("dev", "once", "key"));
    assertThat(repeat.id()).isEqualTo(first.id());
    assertThat(repeat.status()).isEqualTo(TaskStatus.IMAGE_PENDING);
    assertThat(repeat.updatedAt()).isEqualTo(first.updatedAt());
    assertThat(createUnderKey("other").id())
        .as("keys belong to their user")
        .isNotEqualTo(first.id());
    assertThatThrownBy(() -> database().run(heart -> heart.service().create("dev", "other", "key")))
        .isInstanceOf(TaskException.IdempotencyConflict.class);
  }

  @Test
  default void a_task_begins_with_an_uploaded_picture() throws Exception {
    Task first = withPicture(UUID.randomUUID(), "toy", Tasks.file("own"));
    Task task = find(first.id());
    assertThat(task.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(task.hasOwnPicture()).isTrue();
    assertThat(task.images()).extracting(image -> image.file().key()).containsExactly("own");
    assertThat(claimPictures("node-1", 5)).as("no worker has it to do").isEmpty();
    Task repeat = withPicture(UUID.randomUUID(), "toy", Tasks.file("own"));
    assertThat(repeat.id()).isEqualTo(first.id());
    assertThat(repeat.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThatThrownBy(() -> withPicture(UUID.randomUUID(), "other", Tasks.file("own")))
        .isInstanceOf(TaskException.IdempotencyConflict.class);
    assertThatThrownBy(() -> database().run(heart -> heart.service().create("dev", "toy", "key")))
        .as("the same words without the picture")
        .isInstanceOf(TaskException.IdempotencyConflict.class);
    database().run(heart -> heart.service().selectImage("dev", first.id(), 0));
    assertThat(find(first.id()).status()).isEqualTo(TaskStatus.MODEL_PENDING);
    database().run(heart -> heart.service().delete("dev", first.id()));
    assertThat(discarded()).contains("own");
  }

  @Test
  default void old_idempotency_keys_are_removed() throws Exception {
    database().run(heart -> heart.service().create("dev", "once", "key"));
    assertThat(forgetOld()).isZero();
    database()
        .sql("update idempotency_record set created_at = current_timestamp - interval '2' day");
    assertThat(forgetOld()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update task set status = 'LOST'",
        "update task set status = 'FAILED', due_at = null",
        "update task set selected_image_index = 12",
        "update task set selected_image_index = -1",
        "update task set due_at = null where status = 'MODEL_PENDING'",
        "update task_image set image_index = 12 where image_index = 3",
        "update task_image set image_index = 0 where image_index = 1",
        "update task set status = 'IMAGE_EDITING'", // without an edit
        "update task_model set progress = 101",
        "update task_model set progress = -1",
        "update task_model set status = 'DONE'",
        "update task_model set status = 'COMPLETED'",
        "insert into task_model select * from task_model",
        "delete from task",
        "insert into worker_gate (name) values ('MODEL')",
      })
  default void the_database_refuses_invalid_states(String statement) throws Exception {
    chosen("checked");
    assertThatThrownBy(() -> database().sql(statement)).isInstanceOf(SQLException.class);
  }
}
