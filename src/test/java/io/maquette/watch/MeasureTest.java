package io.maquette.watch;

import io.maquette.GeneratedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MeasureTest {

  @Test
  void thePageListsEveryMetric() throws IOException {
    String rows =
        Arrays.stream(Measure.values())
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
                            measure.scope() == Measure.Scope.NODE ? "the node" : "all",
                            measure.meaning()))
            .collect(Collectors.joining("\n"));
    GeneratedSection.check(
        Path.of("docs/operations.md"),
        "metrics",
        "| metric | kind | of | tells |\n| --- | --- | --- | --- |\n" + rows);
  }

  private static String kind(Measure measure) {
    return measure.kind() == Measure.Kind.TIMER
        ? "histogram"
        : measure.kind().name().toLowerCase(Locale.ROOT);
  }
}
