package io.maquette.monitoring;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.config.Version;
import io.maquette.provider.Retirement;
import io.maquette.provider.Retirements;
import io.maquette.push.web.PushClients;
import io.maquette.telemetry.Meters;
import io.maquette.worker.WorkerPool;
import io.maquette.worker.WorkerStatus;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderOutage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Metrics of this node, its Java process and its machine, without the database. */
@ApplicationScoped
public class NodeMeters {

  private static final String IN_USE = "IN_USE";

  @Inject private ProviderAvailability availability;
  @Inject private Retirements retirements;
  @Inject private WorkerPool workers;
  @Inject private PushClients push;
  @Inject private LocalNode node;
  @Inject private Settings settings;
  @Inject private Clock clock;
  @Inject private Meters meters;
  @Inject private MeterRegistry registry;

  private GaugeSet gauges;

  void register(@Observes Startup startup) {
    gauges = new GaugeSet(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    meters.beforeScrape(this::read);
  }

  private void read() {
    GaugeSet.Reading reading =
        gauges
            .reading()
            .with(MetricDefinition.BUILD_INFO, 1, node.name(), Version.CURRENT)
            .with(MetricDefinition.PUSH_CLIENTS, push.count())
            .with(MetricDefinition.PUSH_CLIENTS_LIMIT, settings.get(Setting.PUSH_CLIENTS));
    Instant now = clock.instant();
    for (WorkerStatus worker : workers.status()) {
      reading
          .with(MetricDefinition.WORKER_HANDS, worker.hands(), worker.name())
          .with(MetricDefinition.WORKER_BUSY, worker.busy(), worker.name());
      if (worker.lastRoundAt() != null) {
        reading.with(
            MetricDefinition.WORKER_TICK_AGE,
            secondsBetween(worker.lastRoundAt(), now),
            worker.name());
      }
    }
    for (String provider : availability.providers()) {
      String state =
          availability.outage(provider).map(closure -> closure.reason().name()).orElse(IN_USE);
      reading.with(MetricDefinition.PROVIDER_STATE, is(state, IN_USE), provider, IN_USE);
      for (ProviderOutage.Reason reason : ProviderOutage.Reason.values()) {
        reading.with(
            MetricDefinition.PROVIDER_STATE, is(state, reason.name()), provider, reason.name());
      }
    }
    for (Retirement retirement : retirements.list()) {
      if (retirement.retiresAt() != null) {
        reading.with(
            MetricDefinition.PROVIDER_RETIREMENT,
            Duration.between(now, retirement.retiresAt()).toSeconds(),
            retirement.provider(),
            retirement.setting());
      }
    }
    reading.publish();
  }

  private static int is(String state, String other) {
    return state.equals(other) ? 1 : 0;
  }

  /**
   * Returns the seconds between two times with their fraction; at least 0, because clocks can be
   * set back.
   */
  static double secondsBetween(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }
}
