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
 * Tells the other nodes that this one lives, and ends the leases of those that do not. Should such
 * a node only have been paused, its results are refused once somebody else has taken the task. It
 * is a bean and a thread of its own, so that nothing else a node does can keep its heart from
 * beating.
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
      throw new IllegalStateException("The database cannot be asked", e);
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
            () -> "Node " + gone + " is gone; tasks it left half done, which go on now: " + ended);
      }
    } catch (SQLException | RuntimeException e) {
      condition.isUnwritable();
      LOG.log(Level.WARNING, "This node could not say that it lives; it tries again", e);
    }
  }
}
