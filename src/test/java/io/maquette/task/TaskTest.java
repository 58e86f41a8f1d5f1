package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.submission.AcceptedSubmission;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests of a task's rules that the table of transitions does not contain. */
class TaskTest {

  private static final ChangeContext BY =
      new ChangeContext("worker:test", "node", Tasks.T0.plusSeconds(5));

  @Test
  void a_new_task_waits_for_pictures_and_is_due_at_once() {
    Task task = Tasks.created();
    assertThat(task.status()).isEqualTo(TaskStatus.IMAGE_PENDING);
    assertThat(task.dueAt()).isEqualTo(task.createdAt());
    assertThat(task.images()).isEmpty();
    assertThat(task.model()).isEmpty();
    assertThat(task.allowedActions())
        .containsExactlyInAnyOrder(TaskAction.CANCEL, TaskAction.DELETE);
  }

  @Test
  void the_picture_stage_completes_only_with_all_four_pictures() {
    Task task = Tasks.in(TaskStatus.IMAGE_GENERATING);
    for (int index : List.of(2, 0, 3)) {
      task.add(Tasks.image(task, index));
    }
    task.takeNewEvents();
    String before = TaskTransitionsTest.snapshot(task);
    assertThat(task.missingImages()).containsExactly(1);
    assertThatThrownBy(() -> task.completeImages(BY))
        .isInstanceOf(TaskException.InvalidState.class);
    assertThat(TaskTransitionsTest.snapshot(task)).isEqualTo(before);
    assertThat(task.takeNewEvents()).isEmpty();
    task.add(Tasks.image(task, 1));
    task.completeImages(BY);
    assertThat(task.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(task.imageGenerationCompletedAt()).isEqualTo(task.updatedAt());
    assertThat(task.takeNewEvents())
        .extracting(TaskEvent::type)
        .containsExactly(TaskEvent.Type.STATUS_CHANGED);
  }

  @Test
  void an_uploaded_picture_is_the_only_one_and_can_be_chosen_at_once() {
    Task task = Tasks.ofOwnPicture();
    assertThat(task.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(task.dueAt()).as("no worker waits for it").isNull();
    assertThat(task.images()).extracting(TaskImage::index).containsExactly(0);
    assertThat(task.missingImages()).isEmpty();
    assertThat(task.allowedActions())
        .containsExactlyInAnyOrder(
            TaskAction.SELECT_IMAGE, TaskAction.EDIT_IMAGE, TaskAction.DELETE);
    assertThatThrownBy(() -> task.selectImage(1, BY))
        .isInstanceOf(TaskException.UnknownPicture.class);
    task.selectImage(0, BY);
    task.fail(FailureCode.PROVIDER_REFUSED, "no", BY);
    assertThat(task.allowedActions())
        .as("its pictures cannot be generated again")
        .containsExactlyInAnyOrder(
            TaskAction.SELECT_IMAGE, TaskAction.RETRY_MODEL, TaskAction.DELETE);
    assertThatThrownBy(() -> task.retryImages(BY)).isInstanceOf(TaskException.InvalidState.class);
    task.retryModel(BY);
    assertThat(task.status()).isEqualTo(TaskStatus.MODEL_PENDING);
    assertThat(task.images()).hasSize(1);
  }

  @Test
  void an_edit_adds_a_version_that_can_be_chosen() {
    Task task = Tasks.in(TaskStatus.IMAGE_EDITING);
    assertThat(task.edit().imageIndex()).isEqualTo(3);
    assertThat(task.allowedActions())
        .containsExactlyInAnyOrder(TaskAction.CANCEL, TaskAction.DELETE);
    task.completeEdit(Tasks.file("blue"), BY);
    assertThat(task.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(task.edit()).isNull();
    TaskImage version = task.image(4).orElseThrow();
    assertThat(version.editOf()).isEqualTo(3);
    assertThat(version.prompt()).isEqualTo("make it blue");
    assertThat(task.images()).hasSize(5);
    task.editImage(4, "and flat", BY);
    task.completeEdit(Tasks.file("flat"), BY);
    assertThat(task.image(5).orElseThrow().editOf()).isEqualTo(4);
    task.selectImage(5, BY);
    assertThat(task.selectedImageIndex()).isEqualTo(5);
  }

  @Test
  void a_failed_or_cancelled_edit_changes_nothing() {
    Task failed = Tasks.beingChanged();
    failed.takeNewEvents();
    failed.fail(FailureCode.PROVIDER_REFUSED, "no", BY);
    assertThat(failed.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(failed.failedStage()).isNull();
    assertThat(failed.edit().errorCode()).isEqualTo(FailureCode.PROVIDER_REFUSED);
    assertThat(failed.takeNewEvents())
        .extracting(TaskEvent::type)
        .containsExactly(TaskEvent.Type.EDIT_FAILED, TaskEvent.Type.STATUS_CHANGED);
    Task cancelled = Tasks.beingChanged();
    cancelled.cancel(BY);
    assertThat(cancelled.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(cancelled.cancelledAt()).isNull();
    assertThat(cancelled.edit()).isNull();
    for (Task task : List.of(failed, cancelled)) {
      assertThat(task.images()).hasSize(4);
      assertThat(task.model().orElseThrow().status()).isEqualTo(ModelStatus.COMPLETED);
      assertThat(task.takeDiscardedFiles()).isEmpty();
      assertThat(task.allowedActions()).contains(TaskAction.EDIT_IMAGE, TaskAction.SELECT_IMAGE);
    }
    failed.editImage(0, "once more", BY);
    assertThat(failed.edit().errorCode()).isNull();
  }

  @Test
  void an_edit_keeps_the_model_until_a_new_one_is_started() {
    Task task = Tasks.beingChanged();
    task.completeEdit(Tasks.file("blue"), BY);
    assertThat(task.model().orElseThrow().status()).isEqualTo(ModelStatus.COMPLETED);
    task.takeDiscardedFiles();
    task.selectImage(4, BY);
    assertThat(task.takeDiscardedFiles()).extracting(DiscardedFile::key).containsExactly("model");
  }

  @Test
  void a_task_has_at_most_twelve_pictures() {
    Task task = Tasks.in(TaskStatus.IMAGE_COMPLETED);
    while (task.allowedActions().contains(TaskAction.EDIT_IMAGE)) {
      task.editImage(0, "again", BY);
      task.completeEdit(Tasks.file("v" + task.images().size()), BY);
    }
    assertThat(task.images()).hasSize(Task.MAX_IMAGES);
    assertThatThrownBy(() -> task.editImage(0, "again", BY))
        .isInstanceOf(TaskException.InvalidState.class);
    assertThatThrownBy(() -> task.editImage(12, "again", BY))
        .isInstanceOf(TaskException.UnknownPicture.class);
  }

  @Test
  void a_claim_stores_its_missing_pictures_in_order() {
    Task task = Tasks.in(TaskStatus.IMAGE_GENERATING);
    task.add(Tasks.image(task, 1));
    task.retryLater(FailureCode.PROVIDER_UNAVAILABLE, "down", BY.at(), BY);
    ImageClaim claim = ImageClaim.resumed(task);
    assertThat(claim.failedAttempts()).isEqualTo(1);
    NewImage first = claim.newImage("v", null, Tasks.file("first"));
    assertThat(first.index()).isZero();
    assertThat(first.left()).isEqualTo(2);
    ImageClaim next = claim.afterPicture(Optional.empty());
    assertThat(next.failedAttempts()).as("failures of the next picture").isZero();
    assertThat(next.newImage("v", null, Tasks.file("second")).index()).isEqualTo(2);
    NewImage last = next.afterPicture(Optional.empty()).newImage("v", null, Tasks.file("last"));
    assertThat(last.index()).isEqualTo(3);
    assertThat(last.isLast()).isTrue();
    AcceptedSubmission accepted = new AcceptedSubmission(1, null, null);
    assertThatThrownBy(() -> new ImageStored(claim, accepted, last, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void choosing_a_picture_creates_the_model() {
    Task task = Tasks.in(TaskStatus.MODEL_PENDING);
    TaskModel model = task.model().orElseThrow();
    assertThat(model.status()).isEqualTo(ModelStatus.PENDING);
    assertThat(model.progress()).isZero();
    assertThat(model.name()).isEqualTo("一只可爱的小猫 - 3D模型");
    assertThat(task.selectedImageIndex()).isEqualTo(1);
  }

  @Test
  void a_model_is_named_after_the_first_30_characters_of_the_prompt() {
    assertThat(TaskModel.nameFor("a".repeat(31))).isEqualTo("a".repeat(30) + " - 3D模型");
    assertThat(TaskModel.nameFor("🐱".repeat(40))).isEqualTo("🐱".repeat(30) + " - 3D模型");
  }

  @Test
  void progress_never_goes_down_within_one_attempt() {
    Task task = Tasks.in(TaskStatus.MODEL_GENERATING);
    task.modelSubmitted("job", null, BY.at(), BY);
    task.modelProgressed(ModelStatus.GENERATING, 40, BY.at(), BY);
    task.modelProgressed(ModelStatus.GENERATING, 10, BY.at(), BY);
    assertThat(task.model().orElseThrow().progress()).isEqualTo(40);
  }

  @Test
  void unchanged_progress_writes_no_event() {
    Task task = Tasks.in(TaskStatus.MODEL_GENERATING);
    task.modelProgressed(ModelStatus.GENERATING, 40, BY.at(), BY);
    task.takeNewEvents();
    task.modelProgressed(ModelStatus.GENERATING, 40, BY.at(), BY);
    assertThat(task.takeNewEvents()).isEmpty();
  }

  @Test
  void a_failure_in_the_picture_stage_names_that_stage() {
    Task task = Tasks.failedIn(TaskStatus.IMAGE_GENERATING);
    assertThat(task.failedStage()).isEqualTo(Stage.IMAGE);
    assertThat(task.errorMessage()).startsWith("图片生成失败：");
    assertThat(task.allowedActions())
        .containsExactlyInAnyOrder(TaskAction.RETRY_IMAGES, TaskAction.DELETE);
    assertThatThrownBy(() -> task.retryModel(BY)).isInstanceOf(TaskException.InvalidState.class);
    assertThatThrownBy(() -> task.selectImage(0, BY))
        .isInstanceOf(TaskException.InvalidState.class);
  }

  @Test
  void a_failure_in_the_model_stage_also_fails_the_model() {
    Task task = Tasks.failedIn(TaskStatus.MODEL_GENERATING);
    assertThat(task.failedStage()).isEqualTo(Stage.MODEL);
    assertThat(task.errorMessage()).startsWith("模型生成失败：");
    assertThat(task.model().orElseThrow().status()).isEqualTo(ModelStatus.FAILED);
    assertThat(task.allowedActions())
        .containsExactlyInAnyOrder(
            TaskAction.SELECT_IMAGE,
            TaskAction.RETRY_IMAGES,
            TaskAction.RETRY_MODEL,
            TaskAction.DELETE);
  }

  @Test
  void a_cancel_in_the_model_stage_fails_the_model() {
    Task task = Tasks.in(TaskStatus.MODEL_GENERATING);
    task.cancel(BY);
    TaskModel model = task.model().orElseThrow();
    assertThat(model.status()).isEqualTo(ModelStatus.FAILED);
    assertThat(model.errorMessage()).isEqualTo("用户取消");
  }

  @Test
  void retrying_images_discards_pictures_and_model() {
    Task task = Tasks.failedIn(TaskStatus.MODEL_GENERATING);
    task.retryImages(BY);
    assertThat(task.images()).isEmpty();
    assertThat(task.model()).isEmpty();
    assertThat(task.selectedImageIndex()).isNull();
    assertThat(task.errorMessage()).isNull();
    assertThat(task.takeDiscardedFiles()).hasSize(4);
  }

  @Test
  void retrying_the_model_keeps_pictures_and_choice() {
    Task task = Tasks.failedIn(TaskStatus.MODEL_GENERATING);
    task.retryModel(BY);
    assertThat(task.images()).hasSize(4);
    assertThat(task.selectedImageIndex()).isEqualTo(1);
    assertThat(task.model().orElseThrow().status()).isEqualTo(ModelStatus.PENDING);
    assertThat(task.failedStage()).isNull();
  }

  @Test
  void choosing_another_picture_after_completion_replaces_the_model() {
    Task task = Tasks.in(TaskStatus.MODEL_COMPLETED);
    task.selectImage(3, BY);
    TaskModel model = task.model().orElseThrow();
    assertThat(task.status()).isEqualTo(TaskStatus.MODEL_PENDING);
    assertThat(task.completedAt()).isNull();
    assertThat(model.file()).isEmpty();
    assertThat(model.status()).isEqualTo(ModelStatus.PENDING);
    assertThat(task.takeDiscardedFiles()).extracting(DiscardedFile::key).containsExactly("model");
  }

  @Test
  void a_failed_attempt_drops_its_provider_job_and_is_counted() {
    Task task = Tasks.in(TaskStatus.MODEL_GENERATING);
    task.modelSubmitted("job", "request", BY.at(), BY);
    task.modelProgressed(ModelStatus.GENERATING, 60, BY.at(), BY);
    task.retryLater(FailureCode.PROVIDER_UNAVAILABLE, "gone", BY.at().plusSeconds(3), BY);
    assertThat(task.failedAttempts()).isEqualTo(1);
    assertThat(task.model().orElseThrow().apiTaskId()).isNull();
    assertThat(task.model().orElseThrow().progress()).isZero();
    assertThat(task.dueAt()).isEqualTo(BY.at().plusSeconds(3));
  }

  @Test
  void every_claim_and_release_increments_the_fence() {
    Task task = Tasks.in(TaskStatus.MODEL_PENDING);
    long waiting = task.fence();
    task.leaseTo("node", BY.at().plusSeconds(60));
    long held = task.fence();
    task.cancel(BY);
    assertThat(held).isGreaterThan(waiting);
    assertThat(task.fence()).isGreaterThan(held);
    assertThat(task.leasedBy()).isNull();
    assertThat(task.dueAt()).isNull();
  }

  @Test
  void each_visible_change_has_a_later_time_even_if_the_clock_goes_back() {
    Task task = Tasks.in(TaskStatus.MODEL_GENERATING);
    ChangeContext earlier = new ChangeContext("worker:test", "node", Tasks.T0.minusSeconds(3600));
    var before = task.updatedAt();
    task.modelProgressed(ModelStatus.GENERATING, 10, BY.at(), earlier);
    assertThat(task.updatedAt()).isAfter(before);
  }
}
