package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.http.JsonFormat;
import io.maquette.http.Messages;
import io.maquette.task.Task;
import io.maquette.task.TaskStatus;
import io.maquette.task.Tasks;
import org.junit.jupiter.api.Test;

/** Test of the JSON that responses and event streams share. */
class TaskJsonTest {

  private final TaskJson json = new TaskJson();

  @Test
  void it_is_the_view_of_the_task() {
    Task task = Tasks.in(TaskStatus.MODEL_COMPLETED);
    assertThat(json.of(task)).isEqualTo(JsonFormat.write(TaskView.of(task)));
  }

  @Test
  void a_version_is_written_once() {
    Task task = Tasks.in(TaskStatus.MODEL_COMPLETED);
    assertThat(json.known(task.id(), task.updatedAt())).isEmpty();
    String written = json.of(task);
    assertThat(json.of(task)).isSameAs(written);
    assertThat(json.known(task.id(), task.updatedAt())).containsSame(written);
    assertThat(json.known(task.id(), task.updatedAt().plusMillis(1))).isEmpty();
  }

  @Test
  void each_language_has_its_own() {
    Task failed = Tasks.in(TaskStatus.FAILED);
    Messages.accepting("en").during(() -> assertThat(json.of(failed)).isNotEmpty());
    Messages.accepting("zh")
        .during(
            () -> {
              assertThat(json.known(failed.id(), failed.updatedAt())).isEmpty();
              assertThat(json.of(failed)).isEqualTo(JsonFormat.write(TaskView.of(failed)));
            });
  }
}
