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
    Reading with(MetricDefinition definition, Number value, String... labels) {
      Tags tags = Tags.empty();
      for (int i = 0; i < labels.length; i++) {
        tags = tags.and(definition.labels().get(i), labels[i]);
      }
      rows.computeIfAbsent(definition, key -> new ArrayList<>())
          .add(MultiGauge.Row.of(tags, value));
      return this;
    }

    /** Publishes the reading; a value that it lacks becomes absent. */
    void publish() {
      synchronized (gauges) {
        rows.forEach((definition, now) -> gauge(definition).register(now, true));
        gauges.forEach(
            (definition, gauge) -> {
              if (!rows.containsKey(definition)) {
                gauge.register(List.of(), true);
              }
            });
      }
    }
  }

  Reading reading() {
    return new Reading();
  }

  private MultiGauge gauge(MetricDefinition definition) {
    return gauges.computeIfAbsent(
        definition,
        key ->
            MultiGauge.builder(key.id())
                .description(key.meaning())
                .baseUnit(key.unit())
                .register(registry));
  }
}
