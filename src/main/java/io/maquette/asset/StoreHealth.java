package io.maquette.asset;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while a file could be stored. */
@Readiness
@ApplicationScoped
public class StoreHealth implements HealthCheck {

  @Inject private FileStore store;

  @Override
  public HealthCheckResponse call() {
    try {
      store.check();
      return HealthCheckResponse.up("store");
    } catch (IOException e) {
      return HealthCheckResponse.named("store")
          .down()
          .withData("problem", e.getClass().getSimpleName())
          .build();
    }
  }
}
