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

/** State of the whole installation. Readers share figures of the last seconds, to limit queries. */
@ApplicationScoped
public class Overview {

  /** Maximum age of the figures. */
  public static final Duration SHARED_FOR = Duration.ofSeconds(3);

  /**
   * Figures of the installation.
   *
   * @param at time of the queries
   * @param tasks number of tasks in each status
   * @param queues number and age of the tasks in each status that workers act on
   * @param lastHour throughput of the last hour
   * @param failures causes of the last day's failures that no retry has followed
   * @param lasting time in status, computed from the latest transitions
   * @param providers state of the providers as this node sees them
   * @param node name of the answering node
   * @param workers workers of the answering node
   * @param nodes all nodes of the last day, latest heartbeat first
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
   * Returns the figures, at most {@link #SHARED_FOR} old.
   *
   * @throws SQLException if the database does not answer
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
