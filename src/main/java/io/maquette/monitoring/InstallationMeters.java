package io.maquette.monitoring;

import io.maquette.cluster.ClusterMembership;
import io.maquette.cluster.NodeStatus;
import io.maquette.files.LostFile;
import io.maquette.files.LostFileRows;
import io.maquette.persistence.Connections;
import io.maquette.storage.FileFault;
import io.maquette.telemetry.Meters;
import io.maquette.webhook.Deliveries;
import io.maquette.worker.control.ProviderAvailability;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Metrics of the whole installation, read from the database. A scrape triggers a reading if the
 * last one is older than 5 seconds. The reading uses a separate thread, because an unavailable
 * database must not delay the node's other metrics.
 */
@ApplicationScoped
public class InstallationMeters {

  private static final Logger LOG = Logger.getLogger(InstallationMeters.class.getName());
  private static final Duration SHARED_FOR = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Inject private TaskStatistics statistics;
  @Inject private ProviderAvailability availability;
  @Inject private ClusterMembership nodes;
  @Inject private Connections connections;
  @Inject private OverdueTasks overdue;
  @Inject private DurationTargets targets;
  @Inject private Deliveries deliveries;
  @Inject private StatusDurationHistogram histogram;
  @Inject private LostFileRows lostFiles;
  @Inject private Clock clock;
  @Inject private Executor executor;
  @Inject private Meters meters;
  @Inject private MeterRegistry registry;

  private GaugeSet figures;
  private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
  private long readAt;

  void register(@Observes Startup startup) {
    figures = new GaugeSet(registry);
    readAt = System.nanoTime() - SHARED_FOR.toNanos();
    meters.beforeScrape(this::read);
  }

  private synchronized void read() {
    if (reading.isDone() && System.nanoTime() - readAt >= SHARED_FOR.toNanos()) {
      reading = CompletableFuture.runAsync(this::query, executor);
    }
    try {
      reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Level.FINE, "The database did not answer", e);
      figures.reading().with(MetricDefinition.DATABASE_UP, 0).publish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void query() {
    try {
      Connections.Use use = connections.now();
      GaugeSet.Reading now =
          figures
              .reading()
              .with(MetricDefinition.DATABASE_UP, 1)
              .with(MetricDefinition.DATABASE_WAIT, use.waited().toNanos() / 1e9)
              .with(MetricDefinition.DATABASE_CONNECTIONS, use.active(), "active")
              .with(MetricDefinition.DATABASE_CONNECTIONS, use.idle(), "idle");
      TaskStatistics.Figures shared = statistics.now();
      addTasks(now, shared.counts());
      addProviders(now);
      addTimesInStatus(now, shared.durations());
      addWebhooks(now);
      addFiles(now);
      for (NodeStatus node : nodes.all()) {
        if (node.state() != NodeStatus.State.STOPPED) {
          now.with(
              MetricDefinition.NODE_UP, node.state() == NodeStatus.State.UP ? 1 : 0, node.name());
        }
      }
      histogram.read();
      now.publish();
      readAt = System.nanoTime();
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not answer", e);
    }
  }

  private void addTasks(GaugeSet.Reading now, TaskStatistics.Counts counts) {
    counts
        .tasks()
        .forEach((status, count) -> now.with(MetricDefinition.TASKS, count, status.name()));
    counts
        .queues()
        .forEach(
            (status, queue) ->
                now.with(MetricDefinition.TASKS_HELD, queue.held(), status.name())
                    .with(
                        MetricDefinition.OLDEST,
                        age(counts.oldestSince().get(status)),
                        status.name()));
  }

  private double age(Instant since) {
    return since == null ? 0 : NodeMeters.secondsBetween(since, clock.instant());
  }

  private void addWebhooks(GaugeSet.Reading now) {
    Deliveries.State state = deliveries.state();
    now.with(MetricDefinition.WEBHOOK_PENDING, state.pending())
        .with(MetricDefinition.WEBHOOK_OLDEST, age(state.oldestSince()))
        .with(MetricDefinition.WEBHOOKS_SUSPENDED, state.suspended());
  }

  /** Adds a value for every combination, so that the first lost file shows as an increase. */
  private void addFiles(GaugeSet.Reading now) {
    List<LostFileRows.Group> groups = lostFiles.groups();
    for (FileFault fault : FileFault.values()) {
      for (LostFile.Remedy remedy : LostFile.Remedy.values()) {
        long lost =
            groups.stream()
                .filter(group -> group.fault() == fault && group.remedy() == remedy)
                .mapToLong(LostFileRows.Group::files)
                .sum();
        now.with(MetricDefinition.FILES_LOST, lost, fault.name(), remedy.name());
      }
    }
  }

  private void addTimesInStatus(GaugeSet.Reading now, StatusDurations durations) {
    for (OverdueTasks.Group group : overdue.groups()) {
      now.with(
          MetricDefinition.OVERDUE,
          group.tasks(),
          group.status().name(),
          group.provider(),
          group.waitsFor().name());
    }
    targets
        .all()
        .forEach(
            (place, target) ->
                now.with(
                    MetricDefinition.STATE_TARGET,
                    target.toMillis() / 1000.0,
                    place.status().name(),
                    place.provider()));
    durations
        .byPlace(clock.instant().minus(DurationTargets.RECENT))
        .forEach(
            (place, recent) ->
                now.with(
                    MetricDefinition.STATE_P95,
                    Math.max(0, recent.p95Seconds()),
                    place.status().name(),
                    targets.providerOf(place.status(), place.provider())));
  }

  private void addProviders(GaugeSet.Reading now) {
    Map<String, Long> open = statistics.openJobs();
    for (ProviderAvailability.Limits limits : availability.limits()) {
      if (limits.openJobs() != null) {
        now.with(
                MetricDefinition.OPEN_JOBS,
                open.getOrDefault(limits.provider(), 0L),
                limits.provider())
            .with(MetricDefinition.OPEN_JOBS_LIMIT, limits.openJobs(), limits.provider());
      }
    }
  }
}
