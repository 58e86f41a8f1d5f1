package io.maquette.admin.console;

import io.maquette.batch.BatchException;
import io.maquette.batch.BatchJobLauncher;
import io.maquette.batch.BatchRunService;
import io.maquette.batch.Run;
import io.maquette.batch.web.OperatorOrders;
import io.maquette.security.web.ReasonRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Page bean of one batch run: its progress and its report. */
@Named
@RequestScoped
public class RunPage extends ActionPage {

  private final Long id = Address.number("id");
  private final Long after = Address.number("after");

  private static final int LINES = 100;

  @Inject private BatchRunService runs;
  @Inject private BatchJobLauncher jobs;
  @Inject private OperatorOrders orders;

  private Run run;
  private List<Run.Line> lines;

  /** Returns the run; null if it does not exist. */
  public Run getRun() {
    if (run == null && id != null) {
      try {
        run = runs.find(id);
      } catch (BatchException.RunNotFound e) {
        return null;
      }
    }
    return run;
  }

  /** Returns the lines of the report that follow the line in the page's address. */
  public List<Run.Line> getLines() {
    if (lines == null) {
      lines = runs.report(id, after == null ? 0 : after, LINES);
    }
    return lines;
  }

  /**
   * Returns the last line's number, after which further lines may follow; null if there are none
   * yet.
   */
  public Long getNext() {
    return getLines().size() < LINES ? null : getLines().get(LINES - 1).number();
  }

  @Override
  void clear() {
    run = null;
    lines = null;
  }

  public void stop() {
    act(
        new ReasonRequest(getReason()),
        "console.run.stopping",
        () -> jobs.stop(id, orders.stop(getReason())));
  }

  public void startAgain() {
    act(
        new ReasonRequest(getReason()),
        "console.batch.started",
        () -> jobs.startAgain(id, orders.startAgain(getReason())));
  }
}
