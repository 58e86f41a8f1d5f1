package io.maquette.monitoring;

import io.maquette.cluster.LocalNode;
import io.maquette.push.ChangeLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Histogram of the times in status that this node's status changes ended. It reads the history, so
 * that the code that changes tasks does not depend on metrics.
 */
@ApplicationScoped
public class StatusDurationHistogram {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10),
    Duration.ofMinutes(30),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  private TaskStatistics statistics;
  private ChangeLog log;
  private MeterRegistry registry;
  private DurationTargets targets;
  private LocalNode node;
  private long last = -1;

  /** Required by CDI. */
  protected StatusDurationHistogram() {}

  @Inject
  StatusDurationHistogram(
      TaskStatistics statistics,
      ChangeLog log,
      MeterRegistry registry,
      DurationTargets targets,
      LocalNode node) {
    this.statistics = statistics;
    this.log = log;
    this.registry = registry;
    this.targets = targets;
    this.node = node;
  }

  /** Reads the events since the last call. The first call only records the position. */
  synchronized void read() {
    if (last < 0) {
      last = log.last();
      return;
    }
    for (StatusDurations.Ended ended : statistics.ended(last, node.name())) {
      last = Math.max(last, ended.number());
      Timer.builder(MetricDefinition.STATE_TIME.id())
          .description(MetricDefinition.STATE_TIME.meaning())
          .serviceLevelObjectives(BUCKETS)
          .tags(
              "status",
              ended.status().name(),
              "provider",
              targets.providerOf(ended.status(), ended.provider()))
          .register(registry)
          .record(Duration.ofMillis(Math.round(ended.seconds() * 1000)));
    }
  }
}
