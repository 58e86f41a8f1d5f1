package io.maquette.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.cluster.LocalNode;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.telemetry.Tracing;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;

class CallTimesTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CallTimes times =
      new CallTimes(registry, new Tracing(OpenTelemetry.noop(), new LocalNode("node-1", true)));

  private long count(String outcome) {
    Timer timer =
        registry
            .find(MetricDefinition.CALLS.id())
            .tags("provider", "meshy", "operation", "submit", "outcome", outcome)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  void every_call_is_measured_with_its_outcome() throws Exception {
    assertThat(times.measure("meshy", "submit", () -> "job")).isEqualTo("job");
    assertThatThrownBy(
            () ->
                times.measure(
                    "meshy",
                    "submit",
                    () -> {
                      throw new ProviderException(Problem.OUTCOME_UNKNOWN, "cut off");
                    }))
        .isInstanceOf(ProviderException.class);
    assertThatThrownBy(
            () ->
                times.measure(
                    "meshy",
                    "submit",
                    () -> {
                      throw new CircuitBreakerOpenException("open");
                    }))
        .isInstanceOf(CircuitBreakerOpenException.class);
    assertThatThrownBy(
            () ->
                times.measure(
                    "meshy",
                    "submit",
                    () -> {
                      throw new IllegalStateException("ours");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(count("ok")).isEqualTo(1);
    assertThat(count("outcome_unknown")).isEqualTo(1);
    assertThat(count("circuit_open")).isEqualTo(1);
    assertThat(count("error")).isEqualTo(1);
  }
}
