package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.GeneratedSection;
import io.maquette.task.TaskStatus.Transition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Test of every transition in every status: legal ones happen, all others change nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskTransitionsTest {

  private static final ChangeContext BY =
      new ChangeContext("user:dev", "test-node", Tasks.T0.plusSeconds(60));

  private final Set<Transition> visited = new HashSet<>();

  static Stream<Arguments> everyVerbInEveryStatus() {
    return Arrays.stream(TaskStatus.values())
        .flatMap(
            status ->
                Arrays.stream(TaskTransition.values())
                    .filter(verb -> !verb.name().startsWith("CREATE"))
                    .map(verb -> Arguments.of(status, verb)));
  }

  @ParameterizedTest(name = "{1} in {0}")
  @MethodSource("everyVerbInEveryStatus")
  void a_verb_does_what_the_table_declares_and_nothing_else(
      TaskStatus status, TaskTransition verb) {
    Task task = Tasks.in(status);
    if (verb == TaskTransition.COMPLETE_IMAGES) {
      Tasks.addMissingImages(task);
    }
    boolean leased = verb == TaskTransition.RELEASE_LEASE;
    if (leased) {
      task.leaseTo("test-node", BY.at());
    }
    task.takeNewEvents();
    Optional<TaskStatus> declared = status.after(verb);
    String before = snapshot(task);
    if (declared.isPresent()) {
      List<TaskEvent> events = new ArrayList<>(apply(task, verb));
      events.addAll(task.takeNewEvents());
      assertThat(task.status()).isEqualTo(declared.get());
      assertThat(events)
          .filteredOn(
              event -> status == declared.get() || event.type() == TaskEvent.Type.STATUS_CHANGED)
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.type() == TaskEvent.Type.STATUS_CHANGED)
                    .isEqualTo(status != declared.get());
                assertThat(event.from()).isEqualTo(status);
                assertThat(event.to()).isEqualTo(declared.get());
              });
      visited.add(new Transition(status, verb, declared.get()));
    } else {
      assertThatThrownBy(() -> apply(task, verb))
          .isInstanceOfSatisfying(
              TaskException.InvalidState.class,
              e -> {
                assertThat(e.currentStatus()).isEqualTo(status);
                assertThat(e.allowedActions()).isEqualTo(task.allowedActions());
              });
      assertThat(snapshot(task)).isEqualTo(before);
      assertThat(task.takeNewEvents()).isEmpty();
    }
    assertThat(task.dueAt() != null)
        .as("due while in progress")
        .isEqualTo(task.status().isInProgress() || leased);
  }

  @AfterAll
  void every_declared_transition_was_visited() {
    Task created = Tasks.created();
    assertThat(created.status()).isEqualTo(TaskStatus.IMAGE_PENDING);
    visited.add(new Transition(null, TaskTransition.CREATE, created.status()));
    TaskStatus own = Tasks.ofOwnPicture().status();
    assertThat(own).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    visited.add(new Transition(null, TaskTransition.CREATE_FROM_PICTURE, own));
    assertThat(visited).containsExactlyInAnyOrderElementsOf(TaskStatus.TRANSITIONS);
  }

  /**
   * Applies a transition.
   *
   * @return events of a change that is made without loading the task
   */
  private static List<TaskEvent> apply(Task task, TaskTransition verb) {
    int picture = task.hasOwnPicture() ? 0 : 2;
    switch (verb) {
      case START_IMAGES -> task.startImages(BY);
      case STORE_IMAGE -> {
        return List.of(storedImage(task));
      }
      case COMPLETE_IMAGES -> task.completeImages(BY);
      case EDIT_IMAGE -> task.editImage(picture, "make it blue", BY);
      case COMPLETE_EDIT -> task.completeEdit(Tasks.file("edited"), BY);
      case SELECT_IMAGE -> task.selectImage(picture, BY);
      case START_MODEL -> task.startModel("local", BY);
      case SUBMIT_MODEL -> task.modelSubmitted("job", "request", BY.at(), BY);
      case UPDATE_PROGRESS -> task.modelProgressed(ModelStatus.GENERATING, 10, BY.at(), BY);
      case CHANGE_PROVIDER -> task.changeProvider("meshy", "because", BY);
      case COMPLETE_MODEL -> task.completeModel(Tasks.modelFile("done"), BY);
      case RETRY_LATER -> task.retryLater(FailureCode.TIMED_OUT, "late", BY.at(), BY);
      case SUBMIT_AGAIN -> task.submittedAgain("unknown", BY);
      case RESUME -> task.resume(BY);
      case RELEASE_LEASE -> task.releaseLease(BY);
      case REPORT_OVERDUE -> task.reportOverdue("waits for WORKER", BY);
      case REPORT_CANCELLED_JOB -> task.jobCancelled("cancelled", BY);
      case FAIL -> task.fail(FailureCode.TIMED_OUT, "late", BY);
      case CANCEL -> task.cancel(BY);
      case RETRY_IMAGES -> task.retryImages(BY);
      case RETRY_MODEL -> task.retryModel(BY);
      case CREATE, CREATE_FROM_PICTURE ->
          throw new IllegalArgumentException("a task is created once");
    }
    return List.of();
  }

  private static TaskEvent storedImage(Task task) {
    TaskClaim.ImageClaim claim =
        TaskClaim.ImageClaim.resumed(Tasks.in(TaskStatus.IMAGE_GENERATING));
    NewImage image = new NewImage(0, "variant", null, Tasks.file("first"), 3);
    TaskRepository.Locked row =
        new TaskRepository.Locked(task.status(), task.fence(), task.updatedAt());
    return TaskEvent.imageStored(claim, row, image, BY);
  }

  @Test
  void the_actions_shown_are_those_whose_methods_succeed() {
    List<Supplier<Task>> tasks =
        new ArrayList<>(
            List.of(
                () -> Tasks.failedIn(TaskStatus.IMAGE_GENERATING),
                Tasks::ofOwnPicture,
                Tasks::withLostOwnPicture));
    Arrays.stream(TaskStatus.values()).forEach(status -> tasks.add(() -> Tasks.in(status)));
    for (Supplier<Task> source : tasks) {
      for (TaskAction action : EnumSet.complementOf(EnumSet.of(TaskAction.DELETE))) {
        Task task = source.get();
        boolean shown = task.allowedActions().contains(action);
        assertThat(succeeds(task, TaskTransition.valueOf(action.name())))
            .as("%s in %s", action, task.status())
            .isEqualTo(shown);
      }
    }
  }

  private static boolean succeeds(Task task, TaskTransition verb) {
    try {
      apply(task, verb);
      return true;
    } catch (TaskException.InvalidState e) {
      return false;
    }
  }

  /** Returns all visible data of a task as text. */
  static String snapshot(Task task) {
    return Stream.of(
            task.status(),
            task.failedStage(),
            task.errorCode(),
            task.errorMessage(),
            task.selectedImageIndex(),
            task.edit(),
            task.imageGenerationStartedAt(),
            task.imageGenerationCompletedAt(),
            task.modelGenerationStartedAt(),
            task.modelGenerationCompletedAt(),
            task.updatedAt(),
            task.completedAt(),
            task.failedAt(),
            task.cancelledAt(),
            task.dueAt(),
            task.leasedBy(),
            task.fence(),
            task.failedAttempts(),
            task.images().stream().map(image -> image.index() + image.file().key()).toList(),
            task.model()
                .map(
                    model ->
                        List.of(
                            model.status(),
                            model.progress(),
                            model.name(),
                            String.valueOf(model.apiTaskId()),
                            String.valueOf(model.errorMessage()))))
        .map(String::valueOf)
        .collect(Collectors.joining("|"));
  }

  @Test
  void the_page_shows_the_table() throws IOException {
    Path page = Path.of("docs/task-lifecycle.md");
    GeneratedSection.check(page, "state diagram", diagram());
    GeneratedSection.check(page, "transitions", table());
    GeneratedSection.check(page, "changes within a status", withinStatus());
    GeneratedSection.check(page, "actions", actions());
  }

  private static String diagram() {
    List<String> lines = new ArrayList<>(List.of("```mermaid", "stateDiagram-v2"));
    for (Transition move : moves()) {
      lines.add(
          "    "
              + (move.from() == null ? "[*]" : move.from())
              + " --> "
              + move.to()
              + ": "
              + move.verb().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    }
    lines.add("    CANCELLED --> [*]");
    lines.add("```");
    return String.join("\n", lines);
  }

  private static List<Transition> moves() {
    return TaskStatus.TRANSITIONS.stream().filter(Transition::changesStatus).toList();
  }

  private static String table() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "| from | to | verb | when | needs | who |",
                "| --- | --- | --- | --- | --- | --- |"));
    for (Transition move : moves()) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  move.from() == null ? "-" : move.from(),
                  move.to(),
                  move.verb(),
                  move.verb().when(),
                  move.verb().conditions().stream()
                      .map(TaskTransition.Condition::text)
                      .collect(Collectors.joining(", ")),
                  move.verb().by()));
    }
    return String.join("\n", lines);
  }

  private static String withinStatus() {
    List<String> lines =
        new ArrayList<>(List.of("| verb | in | when | who |", "| --- | --- | --- | --- |"));
    for (TaskTransition verb : TaskTransition.values()) {
      List<TaskStatus> statuses =
          Arrays.stream(TaskStatus.values())
              .filter(status -> status.after(verb).filter(status::equals).isPresent())
              .toList();
      if (!statuses.isEmpty()) {
        lines.add(
            "| %s | %s | %s | %s |"
                .formatted(
                    verb,
                    statuses.size() == TaskStatus.values().length
                        ? "every status"
                        : statuses.stream().map(Enum::name).collect(Collectors.joining(", ")),
                    verb.when(),
                    verb.by()));
      }
    }
    return String.join("\n", lines);
  }

  private static String actions() {
    List<String> lines =
        new ArrayList<>(
            List.of("| status | stage | who acts next | users may |", "| --- | --- | --- | --- |"));
    for (TaskStatus status : TaskStatus.values()) {
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  status,
                  status.stage().map(Stage::name).orElse("either"),
                  status.isInProgress() ? "worker" : status == TaskStatus.CANCELLED ? "-" : "user",
                  Tasks.in(status).allowedActions().stream()
                      .map(TaskAction::name)
                      .collect(Collectors.joining(", "))));
    }
    return String.join("\n", lines);
  }
}
