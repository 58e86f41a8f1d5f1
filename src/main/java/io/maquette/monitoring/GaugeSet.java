package io.maquette.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gauges that are read together; each reading replaces all values of the previous one. */
final class GaugeSet {

  private final Map<MetricDefinition, MultiGauge> gauges = new EnumMap<>(MetricDefinition.class);
  private final MeterRegistry registry;

  GaugeSet(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Reading in progress. */
  final class Reading {
    private final Map<MetricDefinition, List<MultiGauge.Row<?>>> rows =
        new EnumMap<>(MetricDefinition.class);

    /**
     * Adds a value.
     *
     * @param labels values of the metric's labels, in their order
     */
    Reading with(MetricDefinition measure, Number value, String... labels) {
      Tags tags = Tags.empty();
      for (int i = 0; i < labels.length; i++) {
        tags = tags.and(measure.labels().get(i), labels[i]);
      }
      rows.computeIfAbsent(measure, key -> new ArrayList<>()).add(MultiGauge.Row.of(tags, value));
      return this;
    }

    /** Publishes the reading; a value that it lacks becomes absent. */
    void show() {
      synchronized (gauges) {
        rows.forEach((measure, now) -> gauge(measure).register(now, true));
        gauges.forEach(
            (measure, gauge) -> {
              if (!rows.containsKey(measure)) {
                gauge.register(List.of(), true);
              }
            });
      }
    }
  }

  Reading reading() {
    return new Reading();
  }

  private MultiGauge gauge(MetricDefinition measure) {
    return gauges.computeIfAbsent(
        measure,
        key ->
            MultiGauge.builder(key.id())
                .description(key.meaning())
                .baseUnit(key.unit())
                .register(registry));
  }
}
