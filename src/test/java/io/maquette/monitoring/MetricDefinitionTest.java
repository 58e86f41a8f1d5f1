package io.maquette.monitoring;

import io.maquette.GeneratedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricDefinitionTest {

  @Test
  void the_page_lists_every_metric() throws IOException {
    String rows =
        Arrays.stream(MetricDefinition.values())
            .map(
                measure ->
                    "| `%s%s` | %s | %s | %s |"
                        .formatted(
                            measure.prometheusName(),
                            measure.labels().isEmpty()
                                ? ""
                                : measure.labels().stream()
                                    .collect(Collectors.joining(",", "{", "}")),
                            kind(measure),
                            measure.scope() == MetricDefinition.Scope.NODE ? "the node" : "all",
                            measure.meaning()))
            .collect(Collectors.joining("\n"));
    GeneratedSection.check(
        Path.of("docs/operations.md"),
        "metrics",
        "| metric | kind | of | meaning |\n| --- | --- | --- | --- |\n" + rows);
  }

  private static String kind(MetricDefinition measure) {
    return measure.kind() == MetricDefinition.Kind.TIMER
        ? "histogram"
        : measure.kind().name().toLowerCase(Locale.ROOT);
  }
}
