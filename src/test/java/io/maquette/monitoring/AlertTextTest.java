package io.maquette.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.monitoring.OverdueAlerts.Alert;
import io.maquette.monitoring.OverdueAlerts.Kind;
import io.maquette.task.TaskStatus;
import io.maquette.task.wait.WaitReason;
import io.maquette.worker.control.ProviderOutage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlertTextTest {

  private static final Duration TARGET = Duration.ofMinutes(3);
  private static final ProviderOutage OUTAGE =
      new ProviderOutage(
          ProviderOutage.Reason.MISCONFIGURED,
          Instant.EPOCH,
          Instant.EPOCH,
          "check maquette.openai.url: HTTP 404");

  private static Alert overdue(WaitReason waitsFor, long tasks) {
    return new Alert(Kind.OVERDUE, TaskStatus.IMAGE_GENERATING, "openai", waitsFor, tasks);
  }

  @Test
  void tasks_that_wait_for_an_operator_are_not_called_late() {
    assertThat(AlertText.raised(overdue(WaitReason.OPERATOR, 1), TARGET, "openai", OUTAGE))
        .isEqualTo(
            "Alert: 1 task in IMAGE_GENERATING waits for an operator at openai: MISCONFIGURED,"
                + " check maquette.openai.url: HTTP 404");
    assertThat(AlertText.raised(overdue(WaitReason.OPERATOR, 2), TARGET, "openai", null))
        .isEqualTo("Alert: 2 tasks in IMAGE_GENERATING wait for an operator at openai");
    Alert queued = new Alert(Kind.OVERDUE, TaskStatus.MODEL_PENDING, "-", WaitReason.OPERATOR, 2);
    assertThat(AlertText.raised(queued, TARGET, "meshy", OUTAGE))
        .startsWith("Alert: 2 tasks in MODEL_PENDING wait for an operator at meshy: MISCONFIGURED");
  }

  @Test
  void late_tasks_are_told_with_their_target() {
    assertThat(AlertText.raised(overdue(WaitReason.ROOM, 1), TARGET, "openai", null))
        .isEqualTo(
            "Alert: 1 task is late in IMAGE_GENERATING at openai, which should take no longer than"
                + " PT3M; it waits for ROOM");
    assertThat(AlertText.raised(overdue(WaitReason.ROOM, 5), TARGET, "openai", null))
        .isEqualTo(
            "Alert: 5 tasks are late in IMAGE_GENERATING at openai, which should take no longer"
                + " than PT3M; most wait for ROOM");
  }

  @Test
  void the_end_of_an_alert_says_what_is_true_then() {
    assertThat(AlertText.cleared(overdue(WaitReason.OPERATOR, 1)))
        .isEqualTo("Resolved: tasks in IMAGE_GENERATING at openai are on time again");
    Alert slow = new Alert(Kind.SLOW, TaskStatus.MODEL_PENDING, "-", null, 40);
    assertThat(AlertText.raised(slow, TARGET, "meshy", null))
        .isEqualTo(
            "Alert: more than 1 in 20 tasks that left MODEL_PENDING in the last 15 minutes took"
                + " longer than PT3M");
    assertThat(AlertText.cleared(slow))
        .isEqualTo("Resolved: tasks leave MODEL_PENDING on time again");
  }
}
