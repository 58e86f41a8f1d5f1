package io.maquette.monitoring;

import io.maquette.monitoring.OverdueAlerts.Alert;
import io.maquette.task.wait.WaitReason;
import io.maquette.worker.control.ProviderOutage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Log lines of alerts: when one begins, and when it ends. */
final class AlertText {

  private AlertText() {}

  /**
   * Returns the log line of a new alert.
   *
   * @param groups recorded tasks of all statuses, the largest group first
   * @param target target of the time in status
   * @param provider provider whose problem only an operator can solve
   * @param outage why tasks wait at this provider; null if unknown
   */
  static String raised(
      Alert alert,
      List<OverdueTasks.Group> groups,
      Duration target,
      String provider,
      ProviderOutage outage) {
    return "Alert: "
        + switch (alert.kind()) {
          case OVERDUE -> overdue(alert, groups, target, provider, outage);
          case SLOW ->
              "more than 5 % of the tasks that left "
                  + place(alert)
                  + " in the last "
                  + DurationTargets.RECENT.toMinutes()
                  + " minutes took longer than "
                  + target;
        };
  }

  /** A task that waits for an operator need not be overdue, so it is counted separately. */
  private static String overdue(
      Alert alert,
      List<OverdueTasks.Group> groups,
      Duration target,
      String provider,
      ProviderOutage outage) {
    Map<Boolean, List<OverdueTasks.Group>> byOperator =
        groups.stream()
            .filter(group -> group.status() == alert.status())
            .filter(group -> group.provider().equals(alert.provider()))
            .collect(Collectors.partitioningBy(group -> group.waitsFor() == WaitReason.OPERATOR));
    List<String> parts = new ArrayList<>();
    if (!byOperator.get(false).isEmpty()) {
      parts.add(late(alert, byOperator.get(false), target));
    }
    if (!byOperator.get(true).isEmpty()) {
      parts.add(operatorNeeded(alert, tasks(byOperator.get(true)), provider, outage));
    }
    return String.join("; ", parts);
  }

  private static long tasks(List<OverdueTasks.Group> groups) {
    return groups.stream().mapToLong(OverdueTasks.Group::tasks).sum();
  }

  private static String operatorNeeded(
      Alert alert, long tasks, String provider, ProviderOutage outage) {
    return (tasks == 1 ? "1 task in " : tasks + " tasks in ")
        + alert.status()
        + (tasks == 1 ? " waits" : " wait")
        + " for an operator at "
        + provider
        + (outage == null ? "" : ": " + outage.reason() + ", " + outage.words());
  }

  private static String late(Alert alert, List<OverdueTasks.Group> groups, Duration target) {
    long tasks = tasks(groups);
    return (tasks == 1 ? "1 task is" : tasks + " tasks are")
        + " overdue in "
        + place(alert)
        + " (target "
        + target
        + (tasks == 1 ? "); it waits for " : "); most wait for ")
        + groups.get(0).waitsFor();
  }

  /** Returns the log line of an alert that has ended. */
  static String cleared(Alert alert) {
    return "Resolved: tasks "
        + switch (alert.kind()) {
          case OVERDUE -> "in " + place(alert) + " are on time again";
          case SLOW -> "leave " + place(alert) + " on time again";
        };
  }

  private static String place(Alert alert) {
    return alert.status() + (alert.provider().equals("-") ? "" : " at " + alert.provider());
  }
}
