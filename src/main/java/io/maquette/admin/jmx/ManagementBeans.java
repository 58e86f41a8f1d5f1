package io.maquette.admin.jmx;

import io.maquette.cluster.ClusterMembership;
import io.maquette.cluster.LocalNode;
import io.maquette.cluster.NodeStatus;
import io.maquette.monitoring.TaskStatistics;
import io.maquette.task.QueueState;
import io.maquette.task.TaskStatus;
import io.maquette.worker.WorkerPool;
import io.maquette.worker.WorkerStatus;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderOutage;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Registration of the MBeans while the application runs. */
@ApplicationScoped
public class ManagementBeans {

  private static final Logger LOG = Logger.getLogger(ManagementBeans.class.getName());

  @Resource(lookup = "java:app/AppName")
  private String application;

  @Inject private TaskStatistics statistics;
  @Inject private WorkerPool workers;
  @Inject private ProviderAvailability availability;
  @Inject private LocalNode node;
  @Inject private ClusterMembership nodes;
  @Inject private Clock clock;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final List<ObjectName> registered = new ArrayList<>();

  void register(@Observes Startup startup) {
    register("type=Tasks", new Tasks(this::counts), TasksMXBean.class);
    register("type=Nodes", new Peers(node, nodes), NodesMXBean.class);
    for (TaskStatus status : TaskStatus.values()) {
      if (status.isInProgress()) {
        register(
            "type=Queue,name=" + status, new Queue(status, this::counts, clock), QueueMXBean.class);
      }
    }
    for (WorkerStatus worker : workers.status()) {
      register(
          "type=Worker,name=" + worker.name(),
          new Worker(worker.name(), workers, node, clock),
          WorkerMXBean.class);
    }
    for (String provider : availability.providers()) {
      register(
          "type=Provider,name=" + provider,
          new Provider(provider, availability, clock),
          ProviderMXBean.class);
    }
  }

  private <T> void register(String key, T bean, Class<T> type) {
    try {
      ObjectName name = new ObjectName("io.maquette:application=" + application + "," + key);
      registered.add(server.registerMBean(new DescribedMBean(bean, type), name).getObjectName());
    } catch (JMException e) {
      LOG.log(Level.WARNING, "No MBean for " + key, e);
    }
  }

  void unregister(@Observes Shutdown shutdown) {
    for (ObjectName name : registered) {
      try {
        server.unregisterMBean(name);
      } catch (JMException e) {
        LOG.log(Level.WARNING, "MBean not removed: " + name, e);
      }
    }
    registered.clear();
  }

  /**
   * Returns the shared counts.
   *
   * @throws IllegalStateException if the database does not answer
   */
  private TaskStatistics.Counts counts() {
    try {
      return statistics.now().counts();
    } catch (EJBException e) {
      // the cause is omitted, because a remote reader lacks the server's classes
      throw new IllegalStateException("The database does not answer now");
    }
  }

  private record Tasks(Supplier<TaskStatistics.Counts> counts) implements TasksMXBean {

    private long count(TaskStatus status) {
      return counts.get().tasks().get(status);
    }

    @Override
    public long getImagePending() {
      return count(TaskStatus.IMAGE_PENDING);
    }

    @Override
    public long getImageGenerating() {
      return count(TaskStatus.IMAGE_GENERATING);
    }

    @Override
    public long getImageCompleted() {
      return count(TaskStatus.IMAGE_COMPLETED);
    }

    @Override
    public long getImageEditing() {
      return count(TaskStatus.IMAGE_EDITING);
    }

    @Override
    public long getModelPending() {
      return count(TaskStatus.MODEL_PENDING);
    }

    @Override
    public long getModelGenerating() {
      return count(TaskStatus.MODEL_GENERATING);
    }

    @Override
    public long getModelCompleted() {
      return count(TaskStatus.MODEL_COMPLETED);
    }

    @Override
    public long getFailed() {
      return count(TaskStatus.FAILED);
    }

    @Override
    public long getCancelled() {
      return count(TaskStatus.CANCELLED);
    }

    @Override
    public long getTotal() {
      return counts.get().tasks().values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private record Peers(LocalNode node, ClusterMembership nodes) implements NodesMXBean {

    private List<NodeStatus> all() {
      try {
        return nodes.all();
      } catch (SQLException e) {
        // the cause is omitted, because a remote reader lacks the driver's classes
        throw new IllegalStateException("The database does not answer now");
      }
    }

    private long count(NodeStatus.State state) {
      return all().stream().filter(one -> one.state() == state).count();
    }

    @Override
    public String getName() {
      return node.name();
    }

    @Override
    public String getNotice() {
      return nodes.rival().orElse("");
    }

    @Override
    public long getUp() {
      return count(NodeStatus.State.UP);
    }

    @Override
    public long getGone() {
      return count(NodeStatus.State.GONE);
    }

    @Override
    public List<String> getNodes() {
      return all().stream()
          .map(
              one ->
                  String.format(
                      "%s: %s, %s on %s, last heard %s",
                      one.name(), one.state(), one.version(), one.host(), one.seenAt()))
          .toList();
    }
  }

  private record Queue(TaskStatus status, Supplier<TaskStatistics.Counts> counts, Clock clock)
      implements QueueMXBean {

    private QueueState state() {
      return counts.get().queues().get(status);
    }

    private static long seconds(Instant from, Instant to) {
      return from == null ? 0 : Math.max(0, Duration.between(from, to).toSeconds());
    }

    @Override
    public long getDepth() {
      return state().depth();
    }

    @Override
    public long getHeld() {
      return state().held();
    }

    @Override
    public long getUnchangedSeconds() {
      return seconds(state().unchangedSince(), clock.instant());
    }

    @Override
    public long getOverdueSeconds() {
      return seconds(state().firstDueAt(), clock.instant());
    }
  }

  private record Worker(String name, WorkerPool workers, LocalNode node, Clock clock)
      implements WorkerMXBean {

    private WorkerStatus state() {
      return workers.status().stream()
          .filter(worker -> worker.name().equals(name))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String getNode() {
      return node.name();
    }

    @Override
    public int getHands() {
      return state().hands();
    }

    @Override
    public int getBusy() {
      return state().busy();
    }

    @Override
    public long getSecondsSinceLastRound() {
      Instant last = state().lastRoundAt();
      return last == null ? -1 : Math.max(0, Duration.between(last, clock.instant()).toSeconds());
    }

    @Override
    public String getLastTrouble() {
      String trouble = state().lastTrouble();
      return trouble == null ? "" : trouble;
    }

    @Override
    public List<String> getTasks() {
      return state().work().stream().map(work -> work.taskId() + " since " + work.since()).toList();
    }
  }

  private record Provider(String name, ProviderAvailability availability, Clock clock)
      implements ProviderMXBean {

    private Optional<ProviderOutage> outage() {
      return availability.outage(name);
    }

    private long seconds(Instant from, Instant to) {
      return Math.max(0, Duration.between(from, to).toSeconds());
    }

    @Override
    public boolean getInUse() {
      return outage().isEmpty();
    }

    @Override
    public String getClosedBecause() {
      return outage().map(outage -> outage.reason().name()).orElse("");
    }

    @Override
    public String getNotice() {
      return outage().map(ProviderOutage::words).orElse("");
    }

    @Override
    public long getClosedSeconds() {
      return outage().map(outage -> seconds(outage.since(), clock.instant())).orElse(0L);
    }

    @Override
    public long getSecondsUntilTried() {
      return outage().map(outage -> seconds(clock.instant(), outage.until())).orElse(0L);
    }
  }
}
