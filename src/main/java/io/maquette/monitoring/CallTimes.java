package io.maquette.monitoring;

import io.maquette.provider.ProviderException;
import io.maquette.telemetry.Subject;
import io.maquette.telemetry.Subject.Trait;
import io.maquette.telemetry.TraceScope;
import io.maquette.telemetry.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Measurement of provider calls by duration and outcome, as metrics and spans. */
@ApplicationScoped
public class CallTimes {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2)
  };

  /** Call to a provider. */
  interface Call<T> {
    T make() throws ProviderException;
  }

  private MeterRegistry registry;
  private Tracing tracing;

  /** Required by CDI. */
  protected CallTimes() {}

  @Inject
  CallTimes(MeterRegistry registry, Tracing tracing) {
    this.registry = registry;
    this.tracing = tracing;
  }

  /** Measures a call, also when it fails. */
  <T> T measure(String provider, String operation, Call<T> call) throws ProviderException {
    Subject subject = new Subject().with(Trait.PROVIDER, provider).with(Trait.OPERATION, operation);
    try (TraceScope span = tracing.call(operation + " at " + provider, subject)) {
      return measure(provider, operation, call, span);
    }
  }

  private <T> T measure(String provider, String operation, Call<T> call, TraceScope span)
      throws ProviderException {
    long began = System.nanoTime();
    String outcome = "error";
    try {
      T result = call.make();
      outcome = "ok";
      return result;
    } catch (ProviderException e) {
      outcome = e.problem().name().toLowerCase(Locale.ROOT);
      throw e;
    } catch (CircuitBreakerOpenException e) {
      outcome = "circuit_open";
      throw e;
    } finally {
      span.note(Trait.OUTCOME, outcome);
      if (!outcome.equals("ok")) {
        span.failed(outcome);
      }
      Timer.builder(MetricDefinition.CALLS.id())
          .description(MetricDefinition.CALLS.meaning())
          .serviceLevelObjectives(BUCKETS)
          .tags("provider", provider, "operation", operation, "outcome", outcome)
          .register(registry)
          .record(Duration.ofNanos(System.nanoTime() - began));
    }
  }
}
