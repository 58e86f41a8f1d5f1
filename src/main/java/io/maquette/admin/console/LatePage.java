package io.maquette.admin.console;

import io.maquette.monitoring.OverdueAlerts;
import io.maquette.monitoring.OverdueTasks;
import io.maquette.task.wait.OverdueTask;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Page bean of overdue tasks and alerts. */
@Named
@RequestScoped
public class LatePage {

  @Inject private OverdueTasks overdue;
  @Inject private OverdueAlerts reported;

  private List<OverdueTask> rows;
  private List<OverdueAlerts.Alert> alerts;

  /** Returns the overdue tasks, longest time in status first. */
  public List<OverdueTask> getRows() {
    if (rows == null) {
      rows = overdue.list();
    }
    return rows;
  }

  /** Returns the open alerts. */
  public List<OverdueAlerts.Alert> getAlerts() {
    if (alerts == null) {
      alerts = reported.reported();
    }
    return alerts;
  }

  /** Returns the page where an operator can act on the task's wait reason. */
  public String helpFor(OverdueTask task) {
    return switch (task.waitsFor()) {
      case WORKER -> "index.xhtml";
      case ROOM, CIRCUIT, PAUSE, OPERATOR ->
          task.provider().equals("-")
              ? "providers.xhtml"
              : "provider.xhtml?name=" + task.provider();
      case PROVIDER, RETRY, USER -> "task.xhtml?id=" + task.task();
    };
  }
}
