package io.maquette.worker.control;

import io.maquette.provider.Pacing;
import io.maquette.provider.Provider;
import io.maquette.task.submission.ClusterRateLimiter;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Rate limit of a provider over all nodes, backed by a row in the database. */
@ApplicationScoped
public class ProviderRateLimit implements Pacing {

  private static final Logger LOG = Logger.getLogger(ProviderRateLimit.class.getName());

  private ClusterRateLimiter pace;
  private ProviderAvailability availability;

  /** For CDI. */
  protected ProviderRateLimit() {}

  @Inject
  ProviderRateLimit(ClusterRateLimiter pace, ProviderAvailability availability) {
    this.pace = pace;
    this.availability = availability;
  }

  @Override
  public boolean awaitTurn(Provider provider) {
    Integer perSecond = availability.requestsPerSecond(provider).orElse(null);
    if (perSecond == null) {
      return true;
    }
    Optional<Duration> wait = reserve(provider.name(), Duration.ofSeconds(1).dividedBy(perSecond));
    wait.ifPresent(time -> LockSupport.parkNanos(time.toNanos()));
    return wait.isPresent();
  }

  private Optional<Duration> reserve(String provider, Duration gap) {
    try {
      return pace.reserve(provider, gap);
    } catch (EJBException e) { // another node makes the very first request
      LOG.log(Level.FINE, e, () -> "The rate limit of " + provider + " gave no slot");
      return Optional.empty();
    }
  }
}
