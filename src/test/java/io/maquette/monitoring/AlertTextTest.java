package io.maquette.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.monitoring.OverdueAlerts.Alert;
import io.maquette.monitoring.OverdueAlerts.Kind;
import io.maquette.task.TaskStatus;
import io.maquette.task.wait.WaitReason;
import io.maquette.worker.control.ProviderOutage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertTextTest {

  private static final Duration TARGET = Duration.ofMinutes(3);
  private static final ProviderOutage OUTAGE =
      new ProviderOutage(
          ProviderOutage.Reason.MISCONFIGURED,
          Instant.EPOCH,
          Instant.EPOCH,
          "check maquette.openai.url: HTTP 404");

  private static OverdueTasks.Group group(WaitReason waitsFor, long tasks) {
    return new OverdueTasks.Group(TaskStatus.IMAGE_GENERATING, "openai", waitsFor, tasks);
  }

  private static String raised(ProviderOutage outage, OverdueTasks.Group... groups) {
    List<Alert> alerts = OverdueAlerts.of(List.of(groups));
    assertThat(alerts).hasSize(1);
    return AlertText.raised(alerts.get(0), List.of(groups), TARGET, "openai", outage);
  }

  @Test
  void tasks_that_wait_for_an_operator_are_not_called_overdue() {
    assertThat(raised(OUTAGE, group(WaitReason.OPERATOR, 1)))
        .isEqualTo(
            "Alert: 1 task in IMAGE_GENERATING waits for an operator at openai: MISCONFIGURED,"
                + " check maquette.openai.url: HTTP 404");
    assertThat(raised(null, group(WaitReason.OPERATOR, 2)))
        .isEqualTo("Alert: 2 tasks in IMAGE_GENERATING wait for an operator at openai");
  }

  @Test
  void a_task_in_the_queue_waits_for_the_named_provider() {
    OverdueTasks.Group queued =
        new OverdueTasks.Group(TaskStatus.MODEL_PENDING, "-", WaitReason.OPERATOR, 2);
    Alert alert = OverdueAlerts.of(List.of(queued)).get(0);
    assertThat(AlertText.raised(alert, List.of(queued), TARGET, "meshy", OUTAGE))
        .startsWith("Alert: 2 tasks in MODEL_PENDING wait for an operator at meshy: MISCONFIGURED");
  }

  @Test
  void overdue_tasks_are_reported_with_their_target() {
    assertThat(raised(null, group(WaitReason.ROOM, 1)))
        .isEqualTo(
            "Alert: 1 task is overdue in IMAGE_GENERATING at openai (target PT3M); it waits for"
                + " ROOM");
    assertThat(raised(null, group(WaitReason.ROOM, 4), group(WaitReason.RETRY, 1)))
        .isEqualTo(
            "Alert: 5 tasks are overdue in IMAGE_GENERATING at openai (target PT3M); most wait for"
                + " ROOM");
  }

  @Test
  void overdue_tasks_and_tasks_that_wait_for_an_operator_are_both_counted() {
    OverdueTasks.Group[] groups = {
      group(WaitReason.OPERATOR, 5), group(WaitReason.ROOM, 3), group(WaitReason.RETRY, 1)
    };
    assertThat(OverdueAlerts.of(List.of(groups)))
        .containsExactly(
            new Alert(Kind.OVERDUE, TaskStatus.IMAGE_GENERATING, "openai", WaitReason.OPERATOR, 9));
    assertThat(raised(null, groups))
        .isEqualTo(
            "Alert: 4 tasks are overdue in IMAGE_GENERATING at openai (target PT3M); most wait for"
                + " ROOM; 5 tasks in IMAGE_GENERATING wait for an operator at openai");
  }

  @Test
  void the_end_of_an_alert_says_what_is_true_then() {
    Alert overdue = new Alert(Kind.OVERDUE, TaskStatus.IMAGE_GENERATING, "openai", null, 1);
    assertThat(AlertText.cleared(overdue))
        .isEqualTo("Resolved: tasks in IMAGE_GENERATING at openai are on time again");
    Alert slow = new Alert(Kind.SLOW, TaskStatus.MODEL_PENDING, "-", null, 40);
    assertThat(AlertText.raised(slow, List.of(), TARGET, "meshy", null))
        .isEqualTo(
            "Alert: more than 5 % of the tasks that left MODEL_PENDING in the last 15 minutes took"
                + " longer than PT3M");
    assertThat(AlertText.cleared(slow))
        .isEqualTo("Resolved: tasks leave MODEL_PENDING on time again");
  }
}
