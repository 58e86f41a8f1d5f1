package io.maquette.monitoring;

import io.maquette.monitoring.OverdueAlerts.Alert;
import io.maquette.task.wait.WaitReason;
import io.maquette.worker.control.ProviderOutage;
import java.time.Duration;

/** Log lines of alerts: when one begins, and when it ends. */
final class AlertText {

  private AlertText() {}

  /**
   * Returns the log line of a new alert.
   *
   * @param target target of the time in status
   * @param provider provider whose problem only an operator can solve; null if unknown
   * @param outage why tasks wait at this provider; null if unknown
   */
  static String raised(Alert alert, Duration target, String provider, ProviderOutage outage) {
    return "Alert: "
        + switch (alert.kind()) {
          case OVERDUE ->
              alert.waitsFor() == WaitReason.OPERATOR
                  ? operatorNeeded(alert, provider, outage)
                  : late(alert, target);
          case SLOW ->
              "more than 1 in 20 tasks that left "
                  + place(alert)
                  + " in the last "
                  + DurationTargets.OF_LATE.toMinutes()
                  + " minutes took longer than "
                  + target;
        };
  }

  private static String operatorNeeded(Alert alert, String provider, ProviderOutage outage) {
    return (alert.tasks() == 1 ? "1 task in " : alert.tasks() + " tasks in ")
        + alert.status()
        + (alert.tasks() == 1 ? " waits" : " wait")
        + " for an operator"
        + (provider == null ? "" : " at " + provider)
        + (outage == null ? "" : ": " + outage.reason() + ", " + outage.words());
  }

  private static String late(Alert alert, Duration target) {
    return (alert.tasks() == 1 ? "1 task is" : alert.tasks() + " tasks are")
        + " late in "
        + place(alert)
        + ", which should take no longer than "
        + target
        + (alert.tasks() == 1 ? "; it waits for " : "; most wait for ")
        + alert.waitsFor();
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
