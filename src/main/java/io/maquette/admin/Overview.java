package io.maquette.admin;

import io.maquette.cluster.ClusterMembership;
import io.maquette.cluster.LocalNode;
import io.maquette.cluster.NodeStatus;
import io.maquette.monitoring.StatusDurations;
import io.maquette.monitoring.TaskStatistics;
import io.maquette.task.QueueState;
import io.maquette.task.TaskStatus;
import io.maquette.worker.WorkerPool;
import io.maquette.worker.WorkerStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** State of the whole installation. */
@ApplicationScoped
public class Overview {

  /**
   * Figures of the installation.
   *
   * @param at time of the statistics
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
      Map<TaskStatus, StatusDurations.Summary> lasting,
      List<ProviderState> providers,
      String node,
      List<WorkerStatus> workers,
      List<NodeStatus> nodes) {}

  @Inject private TaskStatistics statistics;
  @Inject private ProviderStates providers;
  @Inject private WorkerPool workers;
  @Inject private LocalNode node;
  @Inject private ClusterMembership nodes;

  /**
   * Returns the present figures; the statistics are those of {@link TaskStatistics#now}.
   *
   * @throws SQLException if the database does not answer
   */
  public Figures now() throws SQLException {
    TaskStatistics.Figures shared = statistics.now();
    return new Figures(
        shared.at(),
        shared.counts().tasks(),
        shared.counts().queues(),
        shared.lastHour(),
        shared.failures(),
        shared.durations().byStatus(),
        providers.list(),
        node.name(),
        workers.status(),
        nodes.all());
  }
}
