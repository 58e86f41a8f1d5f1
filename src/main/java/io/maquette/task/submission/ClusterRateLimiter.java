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
 * Rate limiter that spaces the requests to a provider evenly, over all nodes. Each call is one
 * short transaction.
 */
@Stateless
public class ClusterRateLimiter {

  /**
   * Longest time that a caller waits for its slot; a caller that would wait longer retries later.
   */
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
   * Reserves the next free time for a request.
   *
   * @param gap time between two requests; positive
   * @return how long to wait before the request, at most one second; empty if it would be longer
   * @throws jakarta.persistence.PersistenceException if another node makes the very first request
   *     to the provider at the same time
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
