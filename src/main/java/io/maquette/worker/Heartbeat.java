package io.maquette.worker;

import io.maquette.cluster.ClusterMembership;
import io.maquette.persistence.DatabaseCondition;
import io.maquette.task.queue.Leases;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Timer that writes this node's heartbeat and ends the leases of nodes without one. A node may only
 * have been paused. Its results are refused once another worker has claimed the task. The timer is
 * a separate bean with its own thread, so that other work cannot delay it.
 */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class Heartbeat {

  private static final Logger LOG = Logger.getLogger(Heartbeat.class.getName());

  @Resource private TimerService timers;
  @Inject private ClusterMembership nodes;
  @Inject private Leases leases;
  @Inject private WorkerPool workers;
  @Inject private DatabaseCondition condition;

  @PostConstruct
  void start() {
    try {
      nodes.join(
          workers.status().stream()
              .map(worker -> worker.name() + " " + worker.hands())
              .collect(Collectors.joining(", ")));
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not answer", e);
    }
    long interval = nodes.interval().toMillis();
    timers.createIntervalTimer(interval, interval, new TimerConfig(null, false));
  }

  @Timeout
  void beat(Timer timer) {
    try {
      List<String> allGone = nodes.beat();
      condition.isWritable();
      for (String gone : allGone) {
        int ended = leases.endThoseOf(gone);
        LOG.warning(
            () ->
                "Node "
                    + gone
                    + " shows no heartbeat; its "
                    + ended
                    + " claimed tasks continue on other nodes");
      }
    } catch (SQLException | RuntimeException e) {
      condition.isUnwritable();
      LOG.log(Level.WARNING, "This node could not write its heartbeat; it tries again", e);
    }
  }
}
