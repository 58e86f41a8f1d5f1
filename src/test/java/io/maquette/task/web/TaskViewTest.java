package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.http.Messages;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskAction;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskStatus;
import io.maquette.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskViewTest {

  @ParameterizedTest
  @EnumSource(TaskStatus.class)
  void every_status_has_a_view(TaskStatus status) {
    Task task = Tasks.in(status);
    TaskView view = TaskView.of(task);
    assertThat(view.status()).isEqualTo(status.name());
    assertThat(view.images()).isNotNull();
    assertThat(view.allowedActions()).contains(TaskAction.DELETE);
    assertThat(view.model() == null).isEqualTo(task.model().isEmpty());
  }

  @Test
  void a_new_task_has_no_pictures_and_no_model() {
    TaskView view = TaskView.of(Tasks.in(TaskStatus.IMAGE_PENDING));
    assertThat(view.images()).isEmpty();
    assertThat(view.model()).isNull();
    assertThat(view.selectedImageIndex()).isNull();
  }

  @Test
  void addresses_are_relative_to_the_context_root_and_change_with_the_content() {
    TaskView view = TaskView.of(Tasks.in(TaskStatus.MODEL_COMPLETED));
    String own = "/api/tasks/" + view.id();
    assertThat(view.images())
        .extracting(TaskView.ImageView::url)
        .containsExactly(
            own + "/images/0?v=00000000",
            own + "/images/1?v=00000000",
            own + "/images/2?v=00000000",
            own + "/images/3?v=00000000");
    assertThat(view.model().modelUrl()).isEqualTo(own + "/model?format=glb&v=11111111");
    assertThat(view.model().previewUrl()).isEqualTo(own + "/images/1?v=00000000");
    assertThat(view.model().progress()).isEqualTo(100);
  }

  @Test
  void an_unfinished_model_has_no_address() {
    TaskView.ModelView model = TaskView.of(Tasks.in(TaskStatus.MODEL_GENERATING)).model();
    assertThat(model.modelUrl()).isNull();
    assertThat(model.previewUrl()).isNull();
    assertThat(model.fileSize()).isNull();
  }

  @Test
  void a_failure_names_stage_and_reason() {
    TaskView view = TaskView.of(Tasks.in(TaskStatus.FAILED));
    assertThat(view.failedStage()).isEqualTo("MODEL");
    assertThat(view.errorCode()).isEqualTo("PROVIDER_UNAVAILABLE");
    assertThat(view.errorMessage()).startsWith("模型生成失败：");
    assertThat(view.model().status()).isEqualTo("FAILED");
  }

  @Test
  void a_lost_picture_of_the_user_has_to_be_uploaded_again() {
    Task task = Tasks.withLostOwnPicture();
    TaskView view = TaskView.of(task);
    assertThat(view.errorCode()).isEqualTo("PICTURE_LOST");
    assertThat(view.errorMessage())
        .isEqualTo("模型生成失败：图片文件丢失或损坏，请新建任务并重新上传图片")
        .isEqualTo(task.errorMessage());
    assertThat(view.errorMessage()).endsWith(view.model().errorMessage());
    assertThat(view.model().errorMessage()).isEqualTo(task.model().orElseThrow().errorMessage());
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void the_stored_reason_equals_the_chinese_text(FailureCode code) {
    Messages texts = Messages.accepting("zh");
    for (Stage stage : Stage.values()) {
      assertThat(texts.get("failure." + stage, texts.get("failure." + code)))
          .isEqualTo(stage.failureMessage(code.reason()));
    }
  }

  /** Excludes DELETED, because a deleted task has no history that a client can read. */
  @ParameterizedTest
  @EnumSource(value = TaskEvent.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "DELETED")
  void the_api_document_has_every_event_type(TaskEvent.Type type) throws IOException {
    assertThat(Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml")))
        .containsPattern("enum: \\[(?=STATUS_CHANGED)[A-Z_, ]*\\b" + type + "\\b");
  }
}
