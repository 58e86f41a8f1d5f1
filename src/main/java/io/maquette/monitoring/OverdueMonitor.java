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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/**
 * Monitor that compares times in status with their targets. Every node runs it. A finding of one
 * node is stored, so that no other node repeats it, and one node reports each alert.
 */
@ApplicationScoped
public class OverdueMonitor {

  private static final Logger LOG = Logger.getLogger(OverdueMonitor.class.getName());

  /** Minimum number of times in status for a meaningful percentile. */
  private static final int TELLING = 20;

  private OverdueTasks overdue;
  private OverdueAlerts alerts;
  private OverdueCache memory;
  private StatusDurations stays;
  private TaskStatistics pulse;
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
      StatusDurations stays,
      TaskStatistics pulse,
      ProviderAvailability availability,
      DurationTargets targets,
      Settings settings,
      Clock clock) {
    this.overdue = overdue;
    this.alerts = alerts;
    this.memory = memory;
    this.stays = stays;
    this.pulse = pulse;
    this.availability = availability;
    this.targets = targets;
    this.settings = settings;
    this.clock = clock;
  }

  /** Runs the comparison once. */
  void look() {
    Instant now = clock.instant();
    overdue.forgetGone();
    WaitReasonResolver causes =
        WaitReasonResolver.now(availability, settings, pulse.openJobs(), now);
    for (LongRunningTask task :
        overdue.lingering(causes.isForOperator() ? targets.atOnce() : targets.shortest())) {
      String provider = targets.providerOf(task.status(), task.provider());
      WaitReason cause = causes.of(task);
      Duration target = targets.of(task.status(), provider);
      // a task that waits for an operator is reported at once
      boolean isLate = cause == WaitReason.OPERATOR || task.since().plus(target).isBefore(now);
      if (isLate && cause != task.noticed()) {
        overdue.notice(
            new OverdueTask(task.task(), task.status(), provider, task.since(), target, cause));
      }
    }
    memory.set(overdue.list());
    tell(alerts.compare(wrong(now)));
  }

  private List<Alert> wrong(Instant now) {
    Map<DurationTargets.Place, Alert> late = new LinkedHashMap<>();
    // the largest group of each status and provider comes first
    for (OverdueTasks.Group group : overdue.groups()) {
      late.merge(
          new DurationTargets.Place(group.status(), group.provider()),
          new Alert(
              OverdueAlerts.Kind.OVERDUE,
              group.status(),
              group.provider(),
              group.waitsFor(),
              group.tasks()),
          (first, next) ->
              isForOperator(first) != isForOperator(next)
                  ? first // a task that waits for an operator need not be overdue
                  : new Alert(
                      first.kind(),
                      first.status(),
                      first.provider(),
                      first.waitsFor(),
                      first.tasks() + next.tasks()));
    }
    List<Alert> wrong = new ArrayList<>(late.values());
    for (StatusDurations.Recent recent : stays.recent(now.minus(DurationTargets.OF_LATE))) {
      String provider = targets.providerOf(recent.status(), recent.provider());
      double target = targets.of(recent.status(), provider).toMillis() / 1000.0;
      if (recent.stays() >= TELLING && recent.p95Seconds() > target) {
        wrong.add(
            new Alert(OverdueAlerts.Kind.SLOW, recent.status(), provider, null, recent.stays()));
      }
    }
    return wrong;
  }

  private static boolean isForOperator(Alert alert) {
    return alert.waitsFor() == WaitReason.OPERATOR;
  }

  private void tell(OverdueAlerts.News news) {
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
                  alert, targets.of(alert.status(), alert.provider()), provider, outage));
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
