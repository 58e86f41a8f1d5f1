package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maquette.it.scripted.Script;
import io.maquette.it.scripted.Script.Point;
import io.maquette.it.scripted.ScriptedModelProvider;
import io.maquette.it.scripted.TimerList;
import io.maquette.provider.JobLostException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.storage.FileStore;
import io.maquette.task.FailureCode;
import io.maquette.task.FileRef;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.StaleClaimException;
import io.maquette.task.Task;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskException;
import io.maquette.task.TaskFilter;
import io.maquette.task.TaskImage;
import io.maquette.task.TaskModel;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskService;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.ProviderCall;
import io.maquette.task.submission.SubmissionLedger;
import io.maquette.task.wait.WaitEstimates;
import io.maquette.worker.WorkerPool;
import io.maquette.worker.WorkerStatus;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole flow inside the server: real EJBs, timers and database; providers as scripted. */
@ExtendWith(ArquillianExtension.class)
class FlowIT {

  private static final String OWNER = "dev";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject private TaskService tasks;
  @Inject private TaskQueries queries;
  @Inject private FileStore store;
  @Inject private WorkerPool workers;
  @Inject private SubmissionLedger ledger;
  @Inject private WaitEstimates outlooks;
  @EJB private TimerList timers;

  @Deployment
  static WebArchive war() {
    return Wars.withScripts(
            "flow",
            Map.of(
                "maquette.provider.image", "scripted",
                "maquette.provider.model", "scripted",
                "maquette.model.deadline", "PT12S",
                "maquette.retry.image-delay", "PT0.05S",
                "maquette.retry.model-delay", "PT0.05S",
                "maquette.retry.unknown-delay", "PT0.2S",
                "maquette.retry.down-delay", "PT1S",
                "maquette.model.poll-interval", "PT0.1S",
                "maquette.worker.tick", "PT0.2S"))
        .addAsLibraries(TestLibraries.of(Awaitility.class, org.hamcrest.Matcher.class))
        .addAsLibraries(TestLibraries.of(org.assertj.core.api.Assertions.class))
        .addClasses(Wars.class, TestLibraries.class);
  }

  @Test
  void ejb_timers_drive_workers_push_webhooks_and_monitoring() {
    assertThat(timers.names())
        .contains("workers", "housekeeping", "events of other nodes", "heartbeats", "deliveries")
        .contains("overdue tasks");
  }

  private Task create(String prompt) {
    return tasks.create(OWNER, prompt, null);
  }

  private Task find(Task task) {
    return queries.find(OWNER, task.id());
  }

  private Task reach(Task task, TaskStatus status) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast(() -> find(task).status() == TaskStatus.FAILED && status != TaskStatus.FAILED)
        .until(() -> find(task).status() == status);
    return find(task);
  }

  private Task completed(String prompt) {
    Task task = create(prompt);
    reach(task, TaskStatus.IMAGE_COMPLETED);
    tasks.selectImage(OWNER, task.id(), 1);
    return reach(task, TaskStatus.MODEL_COMPLETED);
  }

  private List<TaskEvent> history(Task task) {
    return queries.history(OWNER, task.id(), 100, 0).items();
  }

  private void assertLegalWalk(Task task) {
    TaskStatus at = null;
    for (TaskEvent event : history(task)) {
      assertThat(event.from()).isEqualTo(at);
      TaskStatus from = at;
      if (event.type() == TaskEvent.Type.STATUS_CHANGED) {
        assertThat(TaskStatus.TRANSITIONS)
            .filteredOn(TaskStatus.Transition::changesStatus)
            .anyMatch(move -> move.from() == from && move.to() == event.to());
      } else {
        assertThat(event.to()).isEqualTo(from);
      }
      at = event.to();
    }
    assertThat(at).isEqualTo(find(task).status());
  }

  private boolean isStored(String key) {
    try (InputStream content = store.open(key, 0)) {
      return content.read() >= 0;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> keysOf(Task task) {
    List<String> keys = new ArrayList<>();
    task.images().forEach(image -> keys.add(image.file().key()));
    task.model().flatMap(TaskModel::file).map(FileRef::key).ifPresent(keys::add);
    return keys;
  }

  @Test
  void a_sentence_becomes_a_model() {
    Task done = completed("一只坐着的小猫");
    TaskModel model = done.model().orElseThrow();
    assertThat(done.images()).extracting(TaskImage::index).containsExactly(0, 1, 2, 3);
    assertThat(done.images()).extracting(image -> image.file().sha256()).doesNotHaveDuplicates();
    assertThat(model.status()).isEqualTo(ModelStatus.COMPLETED);
    assertThat(model.faceCount()).isGreaterThan(1000);
    assertThat(model.name()).isEqualTo("一只坐着的小猫 - 3D模型");
    assertThat(keysOf(done)).hasSize(5).allMatch(this::isStored);
    assertLegalWalk(done);
  }

  @Test
  void a_commit_wakes_the_workers() {
    Task done = completed("quick");
    assertThat(Duration.between(done.createdAt(), done.imageGenerationStartedAt()))
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void a_task_queued_for_pictures_can_be_cancelled() {
    Script.hold("hands-full", Point.IMAGE);
    try {
      List<Task> busy =
          List.of(create("hands-full 1"), create("hands-full 2"), create("hands-full 3"));
      busy.forEach(task -> reach(task, TaskStatus.IMAGE_GENERATING));
      Task waiting = create("waits behind them");
      assertThat(outlooks.of(find(waiting)).queuePosition()).isEqualTo(1);
      Task cancelled = tasks.cancel(OWNER, waiting.id());
      assertThat(cancelled.status()).isEqualTo(TaskStatus.CANCELLED);
      assertThat(find(waiting).images()).isEmpty();
      assertLegalWalk(waiting);
      busy.forEach(task -> tasks.cancel(OWNER, task.id()));
    } finally {
      Script.release("hands-full", Point.IMAGE);
    }
    completed("after the hands are free");
  }

  @Test
  void a_picture_that_arrives_after_cancel_is_refused() {
    Script.hold("late picture", Point.IMAGE);
    Task task = create("late picture");
    try {
      reach(task, TaskStatus.IMAGE_GENERATING);
      tasks.cancel(OWNER, task.id());
    } finally {
      Script.release("late picture", Point.IMAGE);
    }
    completed("somebody else meanwhile");
    assertThat(find(task).status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(find(task).images()).isEmpty();
    assertLegalWalk(task);
  }

  @Test
  void a_task_can_be_cancelled_while_its_model_waits_or_is_generated() {
    Script.hold("no-room", Point.QUERY);
    List<Task> open = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        Task task = create("no-room " + i);
        reach(task, TaskStatus.IMAGE_COMPLETED);
        tasks.selectImage(OWNER, task.id(), 0);
        open.add(task);
      }
      open.forEach(task -> reach(task, TaskStatus.MODEL_GENERATING));
      Task waiting = create("no-room 4");
      reach(waiting, TaskStatus.IMAGE_COMPLETED);
      tasks.selectImage(OWNER, waiting.id(), 3);
      assertThat(find(waiting).status()).isEqualTo(TaskStatus.MODEL_PENDING);

      tasks.cancel(OWNER, waiting.id());
      assertThat(find(waiting).model().orElseThrow().errorMessage()).isEqualTo("用户取消");
      assertLegalWalk(waiting);

      Task running = open.get(0);
      await()
          .atMost(PATIENCE)
          .until(() -> find(running).model().orElseThrow().status() == ModelStatus.GENERATING);
      assertThat(find(running).model().orElseThrow().progress()).isEqualTo(50);
      String job = find(running).model().orElseThrow().apiTaskId();
      tasks.cancel(OWNER, running.id());
      assertThat(find(running).model().orElseThrow().status()).isEqualTo(ModelStatus.FAILED);
      await().atMost(PATIENCE).until(() -> ScriptedModelProvider.CANCELLED.contains(job));
      assertLegalWalk(running);
    } finally {
      Script.release("no-room", Point.QUERY);
    }
    reach(open.get(1), TaskStatus.MODEL_COMPLETED);
    reach(open.get(2), TaskStatus.MODEL_COMPLETED);
    assertThat(find(open.get(0)).status()).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void a_transient_problem_is_retried_until_it_works() {
    Script.fail("hiccup", Point.IMAGE, 3, () -> new ProviderException(Problem.UNAVAILABLE, "503"));
    Script.fail("hiccup", Point.SUBMIT, 2, () -> new ProviderException(Problem.UNAVAILABLE, "503"));
    Task done = completed("hiccup");
    assertThat(history(done))
        .filteredOn(event -> event.type() == TaskEvent.Type.ATTEMPT_FAILED)
        .extracting(TaskEvent::attempt)
        .containsExactly(1, 2, 3, 1, 2);
    assertLegalWalk(done);
  }

  @Test
  void exhausted_attempts_fail_the_task_and_retry_generates_all_pictures() {
    Script.fail(
        "four times", Point.IMAGE, 4, () -> new ProviderException(Problem.UNAVAILABLE, "503"));
    Task failed = reach(create("four times"), TaskStatus.FAILED);
    assertThat(failed.failedStage()).isEqualTo(Stage.IMAGE);
    assertThat(failed.errorCode()).isEqualTo(FailureCode.PROVIDER_UNAVAILABLE);
    assertThat(failed.errorMessage()).startsWith("图片生成失败：");

    tasks.retryImages(OWNER, failed.id());
    Task ready = reach(failed, TaskStatus.IMAGE_COMPLETED);
    assertThat(ready.errorMessage()).isNull();
    assertThat(ready.images()).hasSize(4);
    assertLegalWalk(ready);
  }

  @Test
  void a_refusal_fails_at_once_and_the_model_can_be_retried() {
    Script.fail("refused", Point.SUBMIT, 1, () -> new ProviderException(Problem.REFUSED, "no"));
    Task task = create("refused");
    Task ready = reach(task, TaskStatus.IMAGE_COMPLETED);
    List<String> pictures = keysOf(ready);
    tasks.selectImage(OWNER, task.id(), 2);
    Task failed = reach(task, TaskStatus.FAILED);
    assertThat(failed.failedStage()).isEqualTo(Stage.MODEL);
    assertThat(failed.errorMessage()).startsWith("模型生成失败：");
    assertThat(failed.model().orElseThrow().status()).isEqualTo(ModelStatus.FAILED);

    tasks.retryModel(OWNER, task.id());
    Task done = reach(task, TaskStatus.MODEL_COMPLETED);
    assertThat(done.selectedImageIndex()).isEqualTo(2);
    assertThat(keysOf(done)).containsAll(pictures);
    assertLegalWalk(done);
  }

  @Test
  void a_lost_provider_job_is_submitted_again() {
    Script.fail("lost", Point.QUERY, 1, () -> new JobLostException("lost"));
    Task done = completed("lost");
    assertThat(history(done))
        .extracting(TaskEvent::type)
        .filteredOn(type -> type == TaskEvent.Type.MODEL_SUBMITTED)
        .hasSize(2);
  }

  @Test
  void a_failed_query_does_not_fail_the_provider_job() {
    Script.fail(
        "unanswered", Point.QUERY, 8, () -> new ProviderException(Problem.UNAVAILABLE, "504"));
    Task done = completed("unanswered");
    assertThat(history(done))
        .extracting(TaskEvent::type)
        .doesNotContain(TaskEvent.Type.ATTEMPT_FAILED);
  }

  @Test
  void a_model_past_its_deadline_fails_and_its_provider_job_is_cancelled() {
    Script.hold("never done", Point.QUERY);
    try {
      Task task = create("never done");
      reach(task, TaskStatus.IMAGE_COMPLETED);
      tasks.selectImage(OWNER, task.id(), 0);
      Task failed = reach(task, TaskStatus.FAILED);
      assertThat(failed.errorCode()).isEqualTo(FailureCode.TIMED_OUT);
      assertThat(failed.errorMessage()).isEqualTo("模型生成失败：生成超时");
      String job = failed.model().orElseThrow().apiTaskId();
      await().atMost(PATIENCE).until(() -> ScriptedModelProvider.CANCELLED.contains(job));
      assertLegalWalk(failed);
    } finally {
      Script.release("never done", Point.QUERY);
    }
  }

  @Test
  void another_choice_after_completion_replaces_the_model_and_its_file() {
    Task first = completed("choose again");
    String oldFile = first.model().orElseThrow().file().orElseThrow().key();
    tasks.selectImage(OWNER, first.id(), 3);
    Task second = reach(first, TaskStatus.MODEL_COMPLETED);
    assertThat(second.selectedImageIndex()).isEqualTo(3);
    assertThat(second.model().orElseThrow().file().orElseThrow().key()).isNotEqualTo(oldFile);
    await().atMost(PATIENCE).until(() -> !isStored(oldFile));
    assertThat(keysOf(second)).allMatch(this::isStored);

    tasks.selectImage(OWNER, first.id(), 3);
    Task same = reach(first, TaskStatus.MODEL_COMPLETED);
    assertThat(same.model().orElseThrow().file().orElseThrow().sha256())
        .as("the same picture gives the same model")
        .isEqualTo(second.model().orElseThrow().file().orElseThrow().sha256());
    assertThat(keysOf(same)).allMatch(this::isStored);
    assertLegalWalk(same);
  }

  @Test
  void deleting_a_task_removes_its_files() {
    Task done = completed("delete me");
    List<String> keys = keysOf(done);
    tasks.delete(OWNER, done.id());
    assertThatThrownBy(() -> find(done)).isInstanceOf(TaskException.NotFound.class);
    await().atMost(PATIENCE).until(() -> keys.stream().noneMatch(this::isStored));
  }

  @Test
  void deleting_a_task_during_generation_leaves_no_file() {
    Script.hold("deleted early", Point.IMAGE);
    Task task = create("deleted early");
    reach(task, TaskStatus.IMAGE_GENERATING);
    tasks.delete(OWNER, task.id());
    Script.release("deleted early", Point.IMAGE);
    completed("after the deletion");
    assertThat(
            queries
                .list(OWNER, new TaskFilter(java.util.Set.of(), "deleted early"), 10, null)
                .items())
        .isEmpty();
  }

  @Test
  void a_refused_action_rolls_back_and_throws_its_own_exception() {
    Task task = completed("refuse");
    assertThatThrownBy(() -> tasks.cancel(OWNER, task.id()))
        .isInstanceOf(TaskException.InvalidState.class);
    assertThatThrownBy(() -> tasks.cancel(OWNER, UUID.randomUUID()))
        .isInstanceOf(TaskException.NotFound.class);
    assertThatThrownBy(() -> tasks.cancel("somebody else", task.id()))
        .isInstanceOf(TaskException.NotFound.class);
    assertThat(find(task).updatedAt()).isEqualTo(task.updatedAt());
    assertThat(StaleClaimException.class).hasAnnotation(jakarta.ejb.ApplicationException.class);
  }

  @Test
  void workers_report_what_they_are_doing() {
    Script.hold("watched", Point.IMAGE);
    Task task = create("watched");
    try {
      reach(task, TaskStatus.IMAGE_GENERATING);
      assertThat(workers.status())
          .extracting(WorkerStatus::name)
          .containsExactly("pictures", "edits", "model-submitter", "model-poller");
      assertThat(workers.status().get(0).work())
          .extracting(WorkerStatus.Work::taskId)
          .contains(task.id());
    } finally {
      Script.release("watched", Point.IMAGE);
    }
    reach(task, TaskStatus.IMAGE_COMPLETED);
  }

  private List<ProviderCall> modelCalls(Task task) {
    return ledger.of(task.id()).stream().filter(call -> call.stage() == Stage.MODEL).toList();
  }

  private static ProviderException noAnswer() {
    return new ProviderException(Problem.OUTCOME_UNKNOWN, "no answer");
  }

  @Test
  void every_submission_is_in_the_ledger() {
    Task done = completed("kept in the books");
    assertThat(ledger.of(done.id()))
        .hasSize(5)
        .allMatch(call -> call.outcome() == ProviderCall.Outcome.ACCEPTED)
        .allMatch(call -> call.reason() == null && !call.isLate())
        .extracting(ProviderCall::imageIndex)
        .containsExactly(0, 1, 2, 3, null);
    assertThat(modelCalls(done).get(0).jobId()).isEqualTo(done.model().orElseThrow().apiTaskId());
  }

  @Test
  void a_submission_of_unknown_outcome_is_repeated_once_and_recorded() {
    Script.fail("who knows", Point.SUBMIT, 1, FlowIT::noAnswer);
    Task done = completed("who knows");
    assertThat(modelCalls(done))
        .extracting(ProviderCall::outcome)
        .containsExactly(ProviderCall.Outcome.UNKNOWN, ProviderCall.Outcome.ACCEPTED);
    assertThat(modelCalls(done).get(1).reason())
        .isEqualTo("outcome of call " + modelCalls(done).get(0).id() + " is unknown");
    assertThat(history(done)).anyMatch(event -> event.type() == TaskEvent.Type.SUBMITTED_AGAIN);
    assertLegalWalk(done);
  }

  @Test
  void an_unknown_outcome_is_not_paid_a_third_time() {
    Script.fail("nobody knows", Point.SUBMIT, 9, FlowIT::noAnswer);
    Task task = create("nobody knows");
    reach(task, TaskStatus.IMAGE_COMPLETED);
    tasks.selectImage(OWNER, task.id(), 0);
    Task failed = reach(task, TaskStatus.FAILED);
    assertThat(failed.errorCode()).isEqualTo(FailureCode.PROVIDER_OUTCOME_UNKNOWN);
    assertThat(modelCalls(task))
        .extracting(ProviderCall::outcome)
        .containsExactly(ProviderCall.Outcome.UNKNOWN, ProviderCall.Outcome.UNKNOWN);
  }

  @Test
  void an_answer_after_cancel_is_late_and_its_provider_job_is_cancelled() {
    Script.hold("too late", Point.SUBMIT);
    Task task = create("too late");
    try {
      reach(task, TaskStatus.IMAGE_COMPLETED);
      tasks.selectImage(OWNER, task.id(), 0);
      await().until(() -> !modelCalls(task).isEmpty());
      tasks.cancel(OWNER, task.id());
    } finally {
      Script.release("too late", Point.SUBMIT);
    }
    await().atMost(PATIENCE).until(() -> modelCalls(task).get(0).isLate());
    String job = modelCalls(task).get(0).jobId();
    await().until(() -> ScriptedModelProvider.CANCELLED.contains(job));
    assertThat(find(task).status()).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void a_busy_provider_uses_up_no_attempts() {
    int busy = 5; // more often than a failed step is tried again
    Script.fail(
        "in the rush hour",
        Point.SUBMIT,
        busy,
        () ->
            new ProviderException(Problem.THROTTLED, "too many jobs", Duration.ofMillis(20), null));
    Task done = completed("in the rush hour");
    assertThat(modelCalls(done)).hasSize(busy + 1);
    assertThat(modelCalls(done).subList(0, busy))
        .allMatch(call -> call.outcome() == ProviderCall.Outcome.REFUSED)
        .allMatch(call -> call.problem().equals("THROTTLED"));
    assertThat(history(done)).noneMatch(event -> event.type() == TaskEvent.Type.ATTEMPT_FAILED);
  }
}
