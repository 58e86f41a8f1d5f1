package io.maquette.generation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells which providers are left alone. It is always up: a node serves its users while a provider
 * is down, and no other node would fare better.
 */
@Readiness
@ApplicationScoped
public class ProvidersHealth implements HealthCheck {

  @Inject private Availability availability;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("providers").up();
    availability.providers().forEach(name -> answer.withData(name, stateOf(name)));
    return answer.build();
  }

  private String stateOf(String provider) {
    return availability
        .closure(provider)
        .map(
            closure ->
                closure.reason()
                    + " since "
                    + closure.since()
                    + ", tried again after "
                    + closure.until()
                    + ": "
                    + closure.words())
        .orElse("in use");
  }
}
