package io.maquette.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.generation.Closure;
import io.maquette.task.Lingering;
import io.maquette.task.TaskStatus;
import io.maquette.task.WaitsFor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CausesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static WaitsFor causeOf(
      Lingering task, Map<String, Closure.Reason> closures, String... full) {
    return new Causes(closures, "pictures", "edits", List.of("first", "second"), List.of(full), NOW)
        .of(task);
  }

  private static Lingering waiting(TaskStatus status) {
    return task(status, null, false, false, 0, NOW.minusSeconds(300));
  }

  private static Lingering task(
      TaskStatus status, String provider, boolean held, boolean job, int failed, Instant due) {
    return new Lingering(
        UUID.randomUUID(), status, provider, NOW.minusSeconds(300), held, job, failed, due, null);
  }

  @Test
  void picturesWaitForAWorkerUnlessTheirProviderIsLeftAlone() {
    Lingering task = waiting(TaskStatus.IMAGE_PENDING);
    assertThat(causeOf(task, Map.of())).isEqualTo(WaitsFor.WORKER);
    assertThat(causeOf(task, Map.of("first", Closure.Reason.DOWN))).isEqualTo(WaitsFor.WORKER);
    assertThat(causeOf(task, Map.of("pictures", Closure.Reason.DOWN))).isEqualTo(WaitsFor.CIRCUIT);
    assertThat(causeOf(task, Map.of("pictures", Closure.Reason.PAUSED))).isEqualTo(WaitsFor.PAUSE);
    assertThat(causeOf(task, Map.of("pictures", Closure.Reason.BUSY))).isEqualTo(WaitsFor.ROOM);
    assertThat(causeOf(task, Map.of("pictures", Closure.Reason.RETIRED)))
        .isEqualTo(WaitsFor.OPERATOR);
  }

  @Test
  void modelsWaitForRoomAtTheFirstProviderThatIsInUse() {
    Lingering task = waiting(TaskStatus.MODEL_PENDING);
    assertThat(causeOf(task, Map.of())).isEqualTo(WaitsFor.WORKER);
    assertThat(causeOf(task, Map.of(), "first")).isEqualTo(WaitsFor.ROOM);
    assertThat(causeOf(task, Map.of(), "second")).isEqualTo(WaitsFor.WORKER);
    assertThat(causeOf(task, Map.of("first", Closure.Reason.DOWN), "second"))
        .isEqualTo(WaitsFor.ROOM);
    assertThat(
            causeOf(
                task, Map.of("first", Closure.Reason.OUT_OF_CREDIT, "second", Closure.Reason.DOWN)))
        .isEqualTo(WaitsFor.OPERATOR);
  }

  @Test
  void whatWasBegunWaitsForWhoIsAtIt() {
    TaskStatus making = TaskStatus.MODEL_GENERATING;
    Map<String, Closure.Reason> down = Map.of("first", Closure.Reason.DOWN);
    Instant later = NOW.plusSeconds(60);
    assertThat(causeOf(task(making, "first", true, false, 0, later), down))
        .isEqualTo(WaitsFor.PROVIDER);
    assertThat(causeOf(task(making, "first", false, true, 0, later), down))
        .isEqualTo(WaitsFor.PROVIDER);
    assertThat(causeOf(task(making, "first", false, false, 1, later), down))
        .isEqualTo(WaitsFor.CIRCUIT);
    assertThat(causeOf(task(making, "second", false, false, 1, later), down))
        .isEqualTo(WaitsFor.RETRY);
    assertThat(causeOf(task(making, "second", false, false, 1, NOW.minusSeconds(9)), down))
        .isEqualTo(WaitsFor.WORKER);
  }

  @Test
  void afterTheWorkItIsTheUser() {
    assertThat(causeOf(waiting(TaskStatus.IMAGE_COMPLETED), Map.of())).isEqualTo(WaitsFor.USER);
  }
}
