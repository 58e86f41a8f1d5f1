package io.maquette.watch;

import io.maquette.generation.Availability;
import io.maquette.generation.Closure;
import io.maquette.generation.WorkerStatus;
import io.maquette.generation.Workers;
import io.maquette.platform.Meters;
import io.maquette.platform.Node;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.platform.Version;
import io.maquette.task.web.PushClients;
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

/** How this node is doing, as far as it knows by itself; and its machine. */
@ApplicationScoped
public class NodeMeters {

  private static final String IN_USE = "IN_USE";

  @Inject private Availability availability;
  @Inject private Workers workers;
  @Inject private PushClients push;
  @Inject private Node node;
  @Inject private Settings settings;
  @Inject private Clock clock;
  @Inject private Meters meters;
  @Inject private MeterRegistry registry;

  private Gauges gauges;

  void register(@Observes Startup startup) {
    gauges = new Gauges(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    meters.beforeScrape(this::read);
  }

  private void read() {
    Gauges.Reading reading =
        gauges
            .reading()
            .with(Measure.BUILD_INFO, 1, node.name(), Version.CURRENT)
            .with(Measure.PUSH_CLIENTS, push.count())
            .with(Measure.PUSH_CLIENTS_LIMIT, settings.get(Setting.PUSH_CLIENTS));
    Instant now = clock.instant();
    for (WorkerStatus worker : workers.status()) {
      reading
          .with(Measure.WORKER_HANDS, worker.hands(), worker.name())
          .with(Measure.WORKER_BUSY, worker.busy(), worker.name());
      if (worker.lastRoundAt() != null) {
        reading.with(
            Measure.WORKER_TICK_AGE, secondsBetween(worker.lastRoundAt(), now), worker.name());
      }
    }
    for (String provider : availability.providers()) {
      String state =
          availability.closure(provider).map(closure -> closure.reason().name()).orElse(IN_USE);
      reading.with(Measure.PROVIDER_STATE, is(state, IN_USE), provider, IN_USE);
      for (Closure.Reason reason : Closure.Reason.values()) {
        reading.with(Measure.PROVIDER_STATE, is(state, reason.name()), provider, reason.name());
      }
    }
    reading.show();
  }

  private static int is(String state, String other) {
    return state.equals(other) ? 1 : 0;
  }

  /** Seconds with their fraction; never negative, as clocks are set. */
  static double secondsBetween(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }
}
