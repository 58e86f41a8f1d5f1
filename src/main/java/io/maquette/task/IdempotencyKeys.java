package io.maquette.task;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;

/** Forgets idempotency keys that are older than the settings say. */
@Stateless
public class IdempotencyKeys {

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Settings settings;

  /** For the container. */
  public IdempotencyKeys() {}

  IdempotencyKeys(EntityManager entities, Clock clock, Settings settings) {
    this.entities = entities;
    this.clock = clock;
    this.settings = settings;
  }

  /** Forgets the old ones and says how many those were. */
  public int forgetOld() {
    return entities
        .createQuery("delete from IdempotencyRecord r where r.createdAt < :oldest")
        .setParameter("oldest", clock.instant().minus(settings.get(Setting.IDEMPOTENCY_RETENTION)))
        .executeUpdate();
  }
}
