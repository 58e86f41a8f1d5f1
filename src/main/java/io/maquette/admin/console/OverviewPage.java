package io.maquette.admin.console;

import io.maquette.admin.Overview;
import io.maquette.task.QueueState;
import io.maquette.task.TaskStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Page bean of the overview of the installation. */
@Named
@RequestScoped
public class OverviewPage {

  /**
   * Status and the figures of its tasks.
   *
   * @param queue null for a status without a worker
   * @param p50 median time in status; null if unknown
   * @param p95 95th percentile of the time in status; null if unknown
   */
  public record Row(TaskStatus status, long tasks, QueueState queue, Duration p50, Duration p95) {}

  @Inject private Overview overview;

  private Overview.Figures figures;

  /**
   * Returns the figures of the installation.
   *
   * @throws SQLException if the database does not answer
   */
  public Overview.Figures getFigures() throws SQLException {
    if (figures == null) {
      figures = overview.now();
    }
    return figures;
  }

  /**
   * Returns one row per status.
   *
   * @throws SQLException if the database does not answer
   */
  public List<Row> getRows() throws SQLException {
    Overview.Figures now = getFigures();
    return Arrays.stream(TaskStatus.values())
        .map(
            status -> {
              var lasting = now.lasting().get(status);
              return new Row(
                  status,
                  now.tasks().getOrDefault(status, 0L),
                  now.queues().get(status),
                  lasting == null ? null : ConsoleTexts.seconds(lasting.p50Seconds()),
                  lasting == null ? null : ConsoleTexts.seconds(lasting.p95Seconds()));
            })
        .toList();
  }
}
