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

/** Meter registry of this node; other beans register their meters here. */
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
   * Registers work to run before each scrape.
   *
   * @param reading brief, because the scrape waits for it
   */
  public void beforeScrape(Runnable reading) {
    readings.add(reading);
  }

  /** Returns all meters in the text format of Prometheus (0.0.4). */
  public String scrape() {
    readings.forEach(Runnable::run);
    return registry.scrape();
  }

  @PreDestroy
  void close() {
    registry.close();
  }
}
