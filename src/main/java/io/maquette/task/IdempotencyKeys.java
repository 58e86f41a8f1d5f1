package io.maquette.task;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;

/** Deletion of idempotency keys that are older than the configured retention time. */
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

  /** Deletes the expired keys and returns the number of deleted rows. */
  public int forgetOld() {
    return entities
        .createNamedQuery(IdempotencyRecord.DELETE_OLD)
        .setParameter("oldest", clock.instant().minus(settings.get(Setting.IDEMPOTENCY_RETENTION)))
        .executeUpdate();
  }
}
