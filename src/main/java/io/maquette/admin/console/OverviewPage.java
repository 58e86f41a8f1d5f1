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

/** How the whole installation is doing. */
@Named
@RequestScoped
public class OverviewPage {

  /**
   * A status, and how the tasks in it are doing.
   *
   * @param queue null where no worker looks at it
   * @param p50 null where nothing is known
   * @param p95 null where nothing is known
   */
  public record Row(TaskStatus status, long tasks, QueueState queue, Duration p50, Duration p95) {}

  @Inject private Overview overview;

  private Overview.Figures figures;

  /**
   * The figures.
   *
   * @throws SQLException if the database cannot be asked
   */
  public Overview.Figures getFigures() throws SQLException {
    if (figures == null) {
      figures = overview.now();
    }
    return figures;
  }

  /**
   * A row for each status.
   *
   * @throws SQLException if the database cannot be asked
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
