package io.maquette.task.submission;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What operators say of providers. Each call is one short transaction. */
@Stateless
public class ProviderControls {

  /** How many there are at most: the settings name no more. */
  private static final int MAX = 100;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;

  /** For the container. */
  public ProviderControls() {}

  public ProviderControls(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** All that was said. */
  public List<ProviderControl> all() {
    return entities
        .createQuery("select c from ProviderControl c order by c.provider", ProviderControl.class)
        .setMaxResults(MAX)
        .getResultList();
  }

  /** What was said of a provider; until the transaction ends nobody else says anything of it. */
  public ProviderControl find(String provider) {
    ProviderControl control = lock(provider);
    if (control == null) {
      ModelGate.pass(entities); // of two that say something for the first time, one begins
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
   * Nothing is sent there until it is resumed.
   *
   * @param by who says so, for people
   * @param reason at most 500 characters
   */
  public ProviderControl pause(String provider, String by, String reason) {
    ProviderControl control = find(provider);
    control.pause(by, reason, clock.instant().truncatedTo(ChronoUnit.MICROS));
    return control;
  }

  /** It is in use again; one that is not paused stays as it is. */
  public ProviderControl resume(String provider) {
    ProviderControl control = find(provider);
    control.resume(clock.instant().truncatedTo(ChronoUnit.MICROS));
    return control;
  }

  /** Nodes that leave it alone try it again at once, with a single task each. */
  public ProviderControl probe(String provider) {
    ProviderControl control = find(provider);
    control.probe(clock.instant().truncatedTo(ChronoUnit.MICROS));
    return control;
  }

  /**
   * Changes what it may be asked for.
   *
   * @param openJobs how many model jobs may be open there, positive; null for what the settings or
   *     the provider say
   * @param requestsPerSecond how often it may be called each second, positive; null for what the
   *     provider says
   */
  public ProviderControl limit(String provider, Integer openJobs, Integer requestsPerSecond) {
    ProviderControl control = find(provider);
    control.limit(openJobs, requestsPerSecond);
    return control;
  }
}
