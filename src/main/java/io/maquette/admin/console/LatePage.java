package io.maquette.admin.console;

import io.maquette.monitoring.OverdueAlerts;
import io.maquette.monitoring.OverdueTasks;
import io.maquette.task.OverdueTask;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The tasks that are longer in a state than they should be, and where to do something about it. */
@Named
@RequestScoped
public class LatePage {

  @Inject private OverdueTasks overdue;
  @Inject private OverdueAlerts told;

  private List<OverdueTask> rows;
  private List<OverdueAlerts.Alert> alerts;

  /** The tasks, those that have been there longest first. */
  public List<OverdueTask> getRows() {
    if (rows == null) {
      rows = overdue.list();
    }
    return rows;
  }

  /** What was told and is not over. */
  public List<OverdueAlerts.Alert> getAlerts() {
    if (alerts == null) {
      alerts = told.told();
    }
    return alerts;
  }

  /** The page on which something can be done about it. */
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
