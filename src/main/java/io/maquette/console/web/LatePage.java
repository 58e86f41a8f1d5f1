package io.maquette.console.web;

import io.maquette.task.DwellAlerts;
import io.maquette.task.Overdue;
import io.maquette.task.OverdueTasks;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The tasks that are longer in a state than they should be, and where to do something about it. */
@Named
@RequestScoped
public class LatePage {

  @Inject private OverdueTasks overdue;
  @Inject private DwellAlerts told;

  private List<Overdue> rows;
  private List<DwellAlerts.Alert> alerts;

  /** The tasks, those that have been there longest first. */
  public List<Overdue> getRows() {
    if (rows == null) {
      rows = overdue.list();
    }
    return rows;
  }

  /** What was told and is not over. */
  public List<DwellAlerts.Alert> getAlerts() {
    if (alerts == null) {
      alerts = told.told();
    }
    return alerts;
  }

  /** The page on which something can be done about it. */
  public String helpFor(Overdue task) {
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
