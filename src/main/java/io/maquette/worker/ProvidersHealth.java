package io.maquette.worker;

import io.maquette.provider.Notes;
import io.maquette.worker.control.ProviderAvailability;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Health check that shows unavailable providers with their reasons, and the operators' notes. It is
 * always up: a node serves its users while a provider is down, and other nodes would have the same
 * problem.
 */
@Readiness
@ApplicationScoped
public class ProvidersHealth implements HealthCheck {

  @Inject private ProviderAvailability availability;
  @Inject private Notes notes;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("providers").up();
    availability.providers().forEach(name -> answer.withData(name, stateOf(name)));
    notes
        .list()
        .forEach(note -> answer.withData(note.subject(), note.words() + " since " + note.since()));
    return answer.build();
  }

  private String stateOf(String provider) {
    return availability
        .outage(provider)
        .map(
            outage ->
                outage.reason()
                    + " since "
                    + outage.since()
                    + ", tried again after "
                    + outage.until()
                    + ": "
                    + outage.words())
        .orElse("in use");
  }
}
