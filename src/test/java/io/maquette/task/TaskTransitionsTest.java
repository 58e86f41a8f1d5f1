package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.GeneratedSection;
import io.maquette.task.TaskStatus.Transition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  void aVerbDoesWhatTheTableDeclaresAndNothingElse(TaskStatus status, TaskTransition verb) {
    Task task = Tasks.in(status);
    if (verb == TaskTransition.COMPLETE_IMAGES) {
      Tasks.addMissingImages(task);
    }
    task.takeNewEvents();
    Optional<TaskStatus> declared = status.after(verb);
    String before = snapshot(task);
    if (declared.isPresent()) {
      apply(task, verb);
      assertThat(task.status()).isEqualTo(declared.get());
      List<TaskEvent> moves =
          task.takeNewEvents().stream()
              .filter(event -> event.type() == TaskEvent.Type.STATUS_CHANGED)
              .toList();
      assertThat(moves).hasSize(1);
      assertThat(moves.get(0).from()).isEqualTo(status);
      assertThat(moves.get(0).to()).isEqualTo(declared.get());
      visited.add(new Transition(status, verb, declared.get()));
    } else {
      assertThatThrownBy(() -> apply(task, verb))
          .isInstanceOfSatisfying(
              InvalidStateException.class,
              e -> {
                assertThat(e.currentStatus()).isEqualTo(status);
                assertThat(e.allowedActions()).isEqualTo(task.allowedActions());
              });
      assertThat(snapshot(task)).isEqualTo(before);
      assertThat(task.takeNewEvents()).isEmpty();
    }
    assertThat(task.dueAt() != null)
        .as("due while in progress")
        .isEqualTo(task.status().isInProgress());
  }

  @AfterAll
  void everyDeclaredTransitionWasVisited() {
    Task created = Tasks.created();
    assertThat(created.status()).isEqualTo(TaskStatus.IMAGE_PENDING);
    visited.add(new Transition(null, TaskTransition.CREATE, created.status()));
    TaskStatus own = Tasks.ofOwnPicture().status();
    assertThat(own).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    visited.add(new Transition(null, TaskTransition.CREATE_FROM_PICTURE, own));
    assertThat(visited).containsExactlyInAnyOrderElementsOf(TaskStatus.TRANSITIONS);
  }

  private static void apply(Task task, TaskTransition verb) {
    switch (verb) {
      case START_IMAGES -> task.startImages(BY);
      case COMPLETE_IMAGES -> task.completeImages(BY);
      case EDIT_IMAGE -> task.editImage(2, "make it blue", BY);
      case COMPLETE_EDIT -> task.completeEdit(Tasks.file("edited"), BY);
      case SELECT_IMAGE -> task.selectImage(2, BY);
      case START_MODEL -> task.startModel("local", BY);
      case COMPLETE_MODEL -> task.completeModel(Tasks.modelFile("done"), BY);
      case FAIL -> task.fail(FailureCode.TIMED_OUT, "late", BY);
      case CANCEL -> task.cancel(BY);
      case RETRY_IMAGES -> task.retryImages(BY);
      case RETRY_MODEL -> task.retryModel(BY);
      case CREATE, CREATE_FROM_PICTURE ->
          throw new IllegalArgumentException("a task is created once");
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
  void thePageShowsTheTable() throws IOException {
    Path page = Path.of("docs/task-lifecycle.md");
    GeneratedSection.check(page, "state diagram", diagram());
    GeneratedSection.check(page, "transitions", table());
    GeneratedSection.check(page, "actions", actions());
  }

  private static String diagram() {
    List<String> lines = new ArrayList<>(List.of("```mermaid", "stateDiagram-v2"));
    for (Transition move : TaskStatus.TRANSITIONS) {
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

  private static String table() {
    List<String> lines =
        new ArrayList<>(
            List.of("| from | to | verb | when | who |", "| --- | --- | --- | --- | --- |"));
    for (Transition move : TaskStatus.TRANSITIONS) {
      lines.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  move.from() == null ? "-" : move.from(),
                  move.to(),
                  move.verb(),
                  move.verb().when(),
                  move.verb().by()));
    }
    return String.join("\n", lines);
  }

  private static String actions() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "| status | stage | who acts next | people may |", "| --- | --- | --- | --- |"));
    for (TaskStatus status : TaskStatus.values()) {
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  status,
                  status.stage().map(Stage::name).orElse("either"),
                  status.isInProgress()
                      ? "worker"
                      : status == TaskStatus.CANCELLED ? "nobody" : "user",
                  Tasks.in(status).allowedActions().stream()
                      .map(TaskAction::name)
                      .collect(Collectors.joining(", "))));
    }
    return String.join("\n", lines);
  }
}
