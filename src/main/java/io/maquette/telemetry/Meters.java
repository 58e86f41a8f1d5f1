package io.maquette.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The meters of this node; whoever has something to measure adds its own to the registry. */
@ApplicationScoped
public class Meters {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final List<Runnable> readings = new CopyOnWriteArrayList<>();

  @Produces
  @Singleton
  MeterRegistry registry() {
    return registry;
  }

  /**
   * Has something done before each scrape.
   *
   * @param reading brief, as the scrape waits for it
   */
  public void beforeScrape(Runnable reading) {
    readings.add(reading);
  }

  /** All meters as they stand, in the text format of Prometheus (0.0.4). */
  public String scrape() {
    readings.forEach(Runnable::run);
    return registry.scrape();
  }

  @PreDestroy
  void close() {
    registry.close();
  }
}
