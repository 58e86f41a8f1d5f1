package io.maquette.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The meters of this node; whoever has something to measure adds its own to the registry. */
@ApplicationScoped
public class Meters {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Produces
  @Singleton
  MeterRegistry registry() {
    return registry;
  }

  /** All meters as they stand, in the text format of Prometheus (0.0.4). */
  public String scrape() {
    return registry.scrape();
  }
}
