package io.maquette.admin;

import io.maquette.cluster.ClusterMembership;
import io.maquette.cluster.LocalNode;
import io.maquette.cluster.NodeStatus;
import io.maquette.monitoring.TaskStatistics;
import io.maquette.task.QueueState;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskStatus;
import io.maquette.worker.WorkerPool;
import io.maquette.worker.WorkerStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How the whole installation is doing; what a few seconds' readers share, whoever they are. */
@ApplicationScoped
public class Overview {

  /** How old the figures may be. */
  public static final Duration SHARED_FOR = Duration.ofSeconds(3);

  /**
   * The figures.
   *
   * @param at when they were taken
   * @param tasks how many there are in each status
   * @param queues what waits in each status that workers look at, and since when
   * @param lastHour what was done in the last hour
   * @param failures why tasks failed in the last day that have not been tried again
   * @param lasting how long states last, as the last moves tell
   * @param providers as this node sees them
   * @param node the node that answers
   * @param workers its workers
   * @param nodes all nodes of the last day, those heard last first
   */
  public record Figures(
      Instant at,
      Map<TaskStatus, Long> tasks,
      Map<TaskStatus, QueueState> queues,
      TaskStatistics.Throughput lastHour,
      List<TaskStatistics.Cause> failures,
      Map<TaskStatus, TaskStatistics.Lasting> lasting,
      List<ProviderState> providers,
      String node,
      List<WorkerStatus> workers,
      List<NodeStatus> nodes) {}

  @Inject private TaskQueries queries;
  @Inject private TaskStatistics pulse;
  @Inject private ProviderStates providers;
  @Inject private WorkerPool workers;
  @Inject private LocalNode node;
  @Inject private ClusterMembership nodes;
  @Inject private Clock clock;

  private Figures last;

  /**
   * The figures, at most {@link #SHARED_FOR} old.
   *
   * @throws SQLException if the database cannot be asked
   */
  public synchronized Figures now() throws SQLException {
    Instant now = clock.instant();
    if (last == null || last.at().plus(SHARED_FOR).isBefore(now) || now.isBefore(last.at())) {
      last =
          new Figures(
              now,
              queries.counts(),
              queries.queues(),
              pulse.since(now.minus(Duration.ofHours(1))),
              pulse.causes(now.minus(Duration.ofDays(1))),
              pulse.lasting(),
              providers.list(),
              node.name(),
              workers.status(),
              nodes.all());
    }
    return last;
  }
}
