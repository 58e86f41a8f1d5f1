package io.maquette.task.submission;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Spaces calls to a provider evenly, so that all nodes together keep to its limit of requests per
 * second. Each call is one short transaction.
 */
@Stateless
public class ClusterRateLimiter {

  /** Whoever would have to wait longer had better come again. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;

  /** For the container. */
  public ClusterRateLimiter() {}

  public ClusterRateLimiter(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * Reserves the next moment for a call.
   *
   * @param gap between two calls; positive
   * @return how long to wait before making it, at most a second; empty if that would not do
   * @throws jakarta.persistence.PersistenceException if another node makes the provider's very
   *     first call at this moment
   */
  public Optional<Duration> reserve(String provider, Duration gap) {
    Instant now = clock.instant();
    ProviderPace pace = entities.find(ProviderPace.class, provider, LockModeType.PESSIMISTIC_WRITE);
    if (pace == null) {
      entities.persist(new ProviderPace(provider, now.plus(gap)));
      return Optional.of(Duration.ZERO);
    }
    if (pace.nextAt().isAfter(now.plus(LONGEST_WAIT))) {
      return Optional.empty();
    }
    return Optional.of(Duration.between(now, pace.take(now, gap)));
  }
}
