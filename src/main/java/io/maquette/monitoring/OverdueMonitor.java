package io.maquette.monitoring;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.monitoring.OverdueAlerts.Alert;
import io.maquette.task.wait.OverdueCache;
import io.maquette.task.wait.OverdueTask;
import io.maquette.task.wait.WaitReason;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderOutage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * Monitor that compares times in status with their targets. Every node runs it. A finding of one
 * node is stored, so that no other node repeats it, and one node reports each alert.
 */
@ApplicationScoped
public class OverdueMonitor {

  private static final Logger LOG = Logger.getLogger(OverdueMonitor.class.getName());

  /** Minimum number of times in status for a meaningful percentile. */
  private static final int MIN_TIMES = 20;

  private OverdueTasks overdue;
  private OverdueAlerts alerts;
  private OverdueCache memory;
  private TaskStatistics statistics;
  private ProviderAvailability availability;
  private DurationTargets targets;
  private Settings settings;
  private Clock clock;

  /** Required by CDI. */
  protected OverdueMonitor() {}

  @Inject
  OverdueMonitor(
      OverdueTasks overdue,
      OverdueAlerts alerts,
      OverdueCache memory,
      TaskStatistics statistics,
      ProviderAvailability availability,
      DurationTargets targets,
      Settings settings,
      Clock clock) {
    this.overdue = overdue;
    this.alerts = alerts;
    this.memory = memory;
    this.statistics = statistics;
    this.availability = availability;
    this.targets = targets;
    this.settings = settings;
    this.clock = clock;
  }

  /** Runs the comparison once. */
  void look() {
    Instant now = clock.instant();
    overdue.deleteGone();
    WaitReasonResolver reasons =
        WaitReasonResolver.now(availability, settings, statistics.openJobs(), now);
    for (LongRunningTask task :
        overdue.longRunning(reasons.isForOperator() ? targets.atOnce() : targets.shortest())) {
      String provider = targets.providerOf(task.status(), task.provider());
      WaitReason reason = reasons.of(task);
      Duration target = targets.of(task.status(), provider);
      // a task that waits for an operator is reported at once
      boolean isLate = reason == WaitReason.OPERATOR || task.since().plus(target).isBefore(now);
      if (isLate && reason != task.noticed()) {
        overdue.notice(
            new OverdueTask(task.task(), task.status(), provider, task.since(), target, reason));
      }
    }
    memory.set(overdue.list());
    List<OverdueTasks.Group> groups = overdue.groups();
    List<Alert> present = new ArrayList<>(OverdueAlerts.of(groups));
    present.addAll(slow(now));
    report(alerts.compare(present), groups);
  }

  private List<Alert> slow(Instant now) {
    List<Alert> slow = new ArrayList<>();
    statistics
        .now()
        .durations()
        .byPlace(now.minus(DurationTargets.RECENT))
        .forEach(
            (place, recent) -> {
              String provider = targets.providerOf(place.status(), place.provider());
              double target = targets.of(place.status(), provider).toMillis() / 1000.0;
              if (recent.stays() >= MIN_TIMES && recent.p95Seconds() > target) {
                slow.add(
                    new Alert(
                        OverdueAlerts.Kind.SLOW, place.status(), provider, null, recent.stays()));
              }
            });
    return slow;
  }

  private void report(OverdueAlerts.News news, List<OverdueTasks.Group> groups) {
    for (Alert alert : news.raised()) {
      String provider = providerOf(alert);
      ProviderOutage outage =
          availability
              .outage(provider)
              .filter(closure -> closure.reason().isForOperator())
              .orElse(null);
      LOG.warning(
          () ->
              AlertText.raised(
                  alert, groups, targets.of(alert.status(), alert.provider()), provider, outage));
    }
    news.cleared().forEach(alert -> LOG.info(() -> AlertText.cleared(alert)));
  }

  /**
   * Returns the alert's provider; tasks without one wait for the first provider of the settings.
   */
  private String providerOf(Alert alert) {
    return alert.provider().equals("-")
        ? settings.get(Setting.MODEL_PROVIDERS).get(0)
        : alert.provider();
  }
}
