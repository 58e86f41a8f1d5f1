package io.maquette.benchmark.unwatched;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Put into the WAR, takes the place of its meters: a composite of nothing measures nothing. */
@ApplicationScoped
public class NoMeters {

  @Produces
  @Singleton
  @Alternative
  @Priority(Interceptor.Priority.APPLICATION)
  MeterRegistry registry() {
    return new CompositeMeterRegistry();
  }
}
