package io.maquette.generation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;

/**
 * Measures how this node stands with each provider: {@code maquette_provider_state}, 1 for the
 * state it is in ({@code IN_USE} or a {@link Closure.Reason}) and 0 for the others.
 */
@ApplicationScoped
public class ProviderMeters {

  private static final String IN_USE = "IN_USE";

  @Inject private Availability availability;
  @Inject private MeterRegistry meters;

  void register(@Observes Startup startup) {
    for (String provider : availability.providers()) {
      register(provider, IN_USE);
      for (Closure.Reason reason : Closure.Reason.values()) {
        register(provider, reason.name());
      }
    }
  }

  private void register(String provider, String state) {
    Gauge.builder("maquette.provider.state", () -> stateOf(provider).equals(state) ? 1 : 0)
        .description("Whether this node finds the provider in this state")
        .tag("provider", provider)
        .tag("state", state)
        .register(meters);
  }

  private String stateOf(String provider) {
    return availability.closure(provider).map(closure -> closure.reason().name()).orElse(IN_USE);
  }
}
