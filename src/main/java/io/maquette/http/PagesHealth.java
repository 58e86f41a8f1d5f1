package io.maquette.http;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness check that is up once the server serves the pages. The server starts the workers before
 * the pages, and Payara Server runs the other checks already then. A client that connected at that
 * time would get 404.
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
