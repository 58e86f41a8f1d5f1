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

  private static WaitReason reasonOf(
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
        UUID.randomUUID(),
        status,
        provider,
        NOW.minusSeconds(300),
        held,
        job,
        failed,
        due,
        null,
        List.of());
  }

  private static LongRunningTask waitingFor(String... providers) {
    return new LongRunningTask(
        UUID.randomUUID(),
        TaskStatus.MODEL_PENDING,
        null,
        NOW.minusSeconds(300),
        false,
        false,
        0,
        NOW,
        null,
        List.of(providers));
  }

  @Test
  void a_model_waits_only_for_providers_that_may_make_it() {
    Map<String, ProviderOutage.Reason> down = Map.of("second", ProviderOutage.Reason.DOWN);
    assertThat(reasonOf(waitingFor("second"), down)).isEqualTo(WaitReason.CIRCUIT);
    assertThat(reasonOf(waitingFor("first", "second"), down)).isEqualTo(WaitReason.WORKER);
    assertThat(reasonOf(waitingFor("second"), Map.of(), "first")).isEqualTo(WaitReason.WORKER);
    assertThat(reasonOf(waitingFor("gone"), Map.of(), "first")).isEqualTo(WaitReason.ROOM);
  }

  @Test
  void pictures_wait_for_a_worker_unless_their_provider_is_unavailable() {
    LongRunningTask task = waiting(TaskStatus.IMAGE_PENDING);
    assertThat(reasonOf(task, Map.of())).isEqualTo(WaitReason.WORKER);
    assertThat(reasonOf(task, Map.of("first", ProviderOutage.Reason.DOWN)))
        .isEqualTo(WaitReason.WORKER);
    assertThat(reasonOf(task, Map.of("pictures", ProviderOutage.Reason.DOWN)))
        .isEqualTo(WaitReason.CIRCUIT);
    assertThat(reasonOf(task, Map.of("pictures", ProviderOutage.Reason.PAUSED)))
        .isEqualTo(WaitReason.PAUSE);
    assertThat(reasonOf(task, Map.of("pictures", ProviderOutage.Reason.BUSY)))
        .isEqualTo(WaitReason.ROOM);
    assertThat(reasonOf(task, Map.of("pictures", ProviderOutage.Reason.RETIRED)))
        .isEqualTo(WaitReason.OPERATOR);
  }

  @Test
  void models_wait_at_the_first_available_provider() {
    LongRunningTask task = waiting(TaskStatus.MODEL_PENDING);
    assertThat(reasonOf(task, Map.of())).isEqualTo(WaitReason.WORKER);
    assertThat(reasonOf(task, Map.of(), "first")).isEqualTo(WaitReason.ROOM);
    assertThat(reasonOf(task, Map.of(), "second")).isEqualTo(WaitReason.WORKER);
    assertThat(reasonOf(task, Map.of("first", ProviderOutage.Reason.DOWN), "second"))
        .isEqualTo(WaitReason.ROOM);
    assertThat(
            reasonOf(
                task,
                Map.of(
                    "first",
                    ProviderOutage.Reason.OUT_OF_CREDIT,
                    "second",
                    ProviderOutage.Reason.DOWN)))
        .isEqualTo(WaitReason.OPERATOR);
  }

  @Test
  void a_started_step_waits_for_its_provider_or_its_retry() {
    TaskStatus making = TaskStatus.MODEL_GENERATING;
    Map<String, ProviderOutage.Reason> down = Map.of("first", ProviderOutage.Reason.DOWN);
    Instant later = NOW.plusSeconds(60);
    assertThat(reasonOf(task(making, "first", true, false, 0, later), down))
        .isEqualTo(WaitReason.PROVIDER);
    assertThat(reasonOf(task(making, "first", false, true, 0, later), down))
        .isEqualTo(WaitReason.PROVIDER);
    assertThat(reasonOf(task(making, "first", false, false, 1, later), down))
        .isEqualTo(WaitReason.CIRCUIT);
    assertThat(reasonOf(task(making, "second", false, false, 1, later), down))
        .isEqualTo(WaitReason.RETRY);
    assertThat(reasonOf(task(making, "second", false, false, 1, NOW.minusSeconds(9)), down))
        .isEqualTo(WaitReason.WORKER);
  }

  @Test
  void a_completed_stage_waits_for_the_user() {
    assertThat(reasonOf(waiting(TaskStatus.IMAGE_COMPLETED), Map.of())).isEqualTo(WaitReason.USER);
  }
}
