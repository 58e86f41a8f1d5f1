package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Invariants between consecutive rows of a task's history. */
final class Histories {

  /** Events that start a new attempt at the model. */
  private static final Set<TaskEvent.Type> NEW_ATTEMPT =
      EnumSet.of(
          TaskEvent.Type.STATUS_CHANGED,
          TaskEvent.Type.ATTEMPT_FAILED,
          TaskEvent.Type.PROVIDER_CHANGED);

  private Histories() {}

  /**
   * Checks a row.
   *
   * @param before null for the first row of the task
   */
  static void assertGoesOn(TaskEvent before, TaskEvent event) {
    if (event.type() == TaskEvent.Type.DELETED) {
      return;
    }
    assertThat(event.from()).isEqualTo(before == null ? null : before.to());
    if (event.type() == TaskEvent.Type.STATUS_CHANGED) {
      assertThat(TaskStatus.TRANSITIONS)
          .filteredOn(TaskStatus.Transition::changesStatus)
          .as("%s to %s", event.from(), event.to())
          .anyMatch(move -> move.from() == event.from() && move.to() == event.to());
    } else {
      assertThat(event.to()).isEqualTo(event.from());
    }
    if (before == null) {
      return;
    }
    assertThat(before.type()).as("nothing comes after").isNotEqualTo(TaskEvent.Type.DELETED);
    assertThat(before.to() == TaskStatus.CANCELLED && event.type() != TaskEvent.Type.JOB_CANCELLED)
        .as("%s after the end, when all that is told is what cancelling did", event.type())
        .isFalse();
    assertThat(event.id()).isGreaterThan(before.id());
    if (event.progress() != null
        && before.progress() != null
        && !NEW_ATTEMPT.contains(event.type())
        && !NEW_ATTEMPT.contains(before.type())) {
      assertThat(event.progress()).as("progress").isGreaterThanOrEqualTo(before.progress());
    }
  }

  /** Checks the whole history of a task; the last row must match the task's own row. */
  static void assertLegalWalk(List<TaskEvent> history, TaskStatus status) {
    TaskEvent before = null;
    for (TaskEvent event : history) {
      assertGoesOn(before, event);
      before = event;
    }
    assertThat(before).isNotNull();
    assertThat(before.to()).isEqualTo(status);
  }
}
