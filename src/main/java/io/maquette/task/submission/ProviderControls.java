package io.maquette.task.submission;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Access to the operator settings of providers. Each call is one short transaction. */
@Stateless
public class ProviderControls {

  /** Maximum number of rows; the settings never name more providers. */
  private static final int MAX = 100;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;

  /** For the container. */
  public ProviderControls() {}

  public ProviderControls(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** Returns all operator settings. */
  public List<ProviderControl> all() {
    return entities
        .createQuery("select c from ProviderControl c order by c.provider", ProviderControl.class)
        .setMaxResults(MAX)
        .getResultList();
  }

  /** Returns the operator settings of a provider and locks them until the transaction ends. */
  public ProviderControl find(String provider) {
    ProviderControl control = lock(provider);
    if (control == null) {
      ModelSlotLock.acquire(
          entities); // the lock makes one of two concurrent first calls insert the row
      control = lock(provider);
    }
    if (control == null) {
      control = new ProviderControl(provider);
      entities.persist(control);
      entities.flush();
    }
    return control;
  }

  private ProviderControl lock(String provider) {
    return entities.find(ProviderControl.class, provider, LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * Pauses a provider until an operator resumes it.
   *
   * @param by name of the operator
   * @param reason at most 500 characters
   */
  public ProviderControl pause(String provider, String by, String reason) {
    ProviderControl control = find(provider);
    control.pause(by, reason, clock.instant().truncatedTo(ChronoUnit.MICROS));
    return control;
  }

  /** Resumes a provider; has no effect if it is not paused. */
  public ProviderControl resume(String provider) {
    ProviderControl control = find(provider);
    control.resume(clock.instant().truncatedTo(ChronoUnit.MICROS));
    return control;
  }

  /**
   * Makes the circuit breakers of all nodes half-open, so that each node sends a trial request at
   * once.
   */
  public ProviderControl probe(String provider) {
    ProviderControl control = find(provider);
    control.probe(clock.instant().truncatedTo(ChronoUnit.MICROS));
    return control;
  }

  /**
   * Sets the limits of a provider.
   *
   * @param openJobs limit of open model jobs, positive; null for the limit of the settings or the
   *     provider
   * @param requestsPerSecond limit of requests per second, positive; null for the provider's limit
   */
  public ProviderControl limit(String provider, Integer openJobs, Integer requestsPerSecond) {
    ProviderControl control = find(provider);
    control.limit(openJobs, requestsPerSecond);
    return control;
  }
}
