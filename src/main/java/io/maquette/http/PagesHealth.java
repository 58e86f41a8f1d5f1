package io.maquette.http;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the pages are there. A server starts the workers before them, and Payara Server asks
 * for the other checks already then; whoever came at once would be told 404.
 */
@Readiness
@ApplicationScoped
public class PagesHealth implements HealthCheck {

  private volatile boolean there;

  void areThere() {
    there = true;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("pages").status(there).build();
  }
}
