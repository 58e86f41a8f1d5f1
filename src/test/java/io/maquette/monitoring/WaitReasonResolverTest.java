package io.maquette.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.task.TaskStatus;
import io.maquette.task.wait.WaitReason;
import io.maquette.worker.control.ProviderOutage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitReasonResolverTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static WaitReason causeOf(
      LongRunningTask task, Map<String, ProviderOutage.Reason> closures, String... full) {
    return new WaitReasonResolver(
            closures, "pictures", "edits", List.of("first", "second"), List.of(full), NOW)
        .of(task);
  }

  private static LongRunningTask waiting(TaskStatus status) {
    return task(status, null, false, false, 0, NOW.minusSeconds(300));
  }

  private static LongRunningTask task(
      TaskStatus status, String provider, boolean held, boolean job, int failed, Instant due) {
    return new LongRunningTask(
        UUID.randomUUID(), status, provider, NOW.minusSeconds(300), held, job, failed, due, null);
  }

  @Test
  void picturesWaitForAWorkerUnlessTheirProviderIsLeftAlone() {
    LongRunningTask task = waiting(TaskStatus.IMAGE_PENDING);
    assertThat(causeOf(task, Map.of())).isEqualTo(WaitReason.WORKER);
    assertThat(causeOf(task, Map.of("first", ProviderOutage.Reason.DOWN)))
        .isEqualTo(WaitReason.WORKER);
    assertThat(causeOf(task, Map.of("pictures", ProviderOutage.Reason.DOWN)))
        .isEqualTo(WaitReason.CIRCUIT);
    assertThat(causeOf(task, Map.of("pictures", ProviderOutage.Reason.PAUSED)))
        .isEqualTo(WaitReason.PAUSE);
    assertThat(causeOf(task, Map.of("pictures", ProviderOutage.Reason.BUSY)))
        .isEqualTo(WaitReason.ROOM);
    assertThat(causeOf(task, Map.of("pictures", ProviderOutage.Reason.RETIRED)))
        .isEqualTo(WaitReason.OPERATOR);
  }

  @Test
  void modelsWaitForRoomAtTheFirstProviderThatIsInUse() {
    LongRunningTask task = waiting(TaskStatus.MODEL_PENDING);
    assertThat(causeOf(task, Map.of())).isEqualTo(WaitReason.WORKER);
    assertThat(causeOf(task, Map.of(), "first")).isEqualTo(WaitReason.ROOM);
    assertThat(causeOf(task, Map.of(), "second")).isEqualTo(WaitReason.WORKER);
    assertThat(causeOf(task, Map.of("first", ProviderOutage.Reason.DOWN), "second"))
        .isEqualTo(WaitReason.ROOM);
    assertThat(
            causeOf(
                task,
                Map.of(
                    "first",
                    ProviderOutage.Reason.OUT_OF_CREDIT,
                    "second",
                    ProviderOutage.Reason.DOWN)))
        .isEqualTo(WaitReason.OPERATOR);
  }

  @Test
  void whatWasBegunWaitsForWhoIsAtIt() {
    TaskStatus making = TaskStatus.MODEL_GENERATING;
    Map<String, ProviderOutage.Reason> down = Map.of("first", ProviderOutage.Reason.DOWN);
    Instant later = NOW.plusSeconds(60);
    assertThat(causeOf(task(making, "first", true, false, 0, later), down))
        .isEqualTo(WaitReason.PROVIDER);
    assertThat(causeOf(task(making, "first", false, true, 0, later), down))
        .isEqualTo(WaitReason.PROVIDER);
    assertThat(causeOf(task(making, "first", false, false, 1, later), down))
        .isEqualTo(WaitReason.CIRCUIT);
    assertThat(causeOf(task(making, "second", false, false, 1, later), down))
        .isEqualTo(WaitReason.RETRY);
    assertThat(causeOf(task(making, "second", false, false, 1, NOW.minusSeconds(9)), down))
        .isEqualTo(WaitReason.WORKER);
  }

  @Test
  void afterTheWorkItIsTheUser() {
    assertThat(causeOf(waiting(TaskStatus.IMAGE_COMPLETED), Map.of())).isEqualTo(WaitReason.USER);
  }
}
