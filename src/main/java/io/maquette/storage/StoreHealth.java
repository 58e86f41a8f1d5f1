package io.maquette.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness check that is up while a file could be stored. */
@Readiness
@ApplicationScoped
public class StoreHealth implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(StoreHealth.class.getName());

  @Inject private FileStore store;
  private final AtomicBoolean isDown = new AtomicBoolean();

  @Override
  public HealthCheckResponse call() {
    try {
      store.check();
      if (isDown.getAndSet(false)) {
        LOG.info("The store accepts files again");
      }
      return HealthCheckResponse.up("store");
    } catch (IOException e) {
      if (!isDown.getAndSet(true)) { // details go to the log, because the health endpoint is public
        LOG.log(Level.WARNING, "The store accepts no files", e);
      }
      return HealthCheckResponse.named("store")
          .down()
          .withData("problem", e.getClass().getSimpleName())
          .build();
    }
  }
}
