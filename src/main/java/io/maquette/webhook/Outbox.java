package io.maquette.webhook;

import io.maquette.push.ChangeLog;
import io.maquette.push.ChangeScope;
import io.maquette.push.MissingNumbers;
import io.maquette.task.TaskEvent;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Outbox that turns events of the history into deliveries. It writes them in the transaction that
 * moves its position, so that a crash between the two is impossible. One node at a time fills it.
 */
@Stateless
public class Outbox {

  /** Number of events per transaction. */
  static final int ROWS_AT_ONCE = 500;

  private static final int MAX_WEBHOOKS = 10_000;

  @PersistenceContext private EntityManager entities;
  @Inject private ChangeLog log;
  @Inject private Clock clock;

  /** Required by the container. */
  public Outbox() {}

  Outbox(EntityManager entities, ChangeLog log, Clock clock) {
    this.entities = entities;
    this.log = log;
    this.clock = clock;
  }

  /** Returns whether any webhook exists. */
  public boolean isNeeded() {
    return !entities
        .createQuery("select w.id from Webhook w")
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /**
   * Reads the next events and writes their deliveries.
   *
   * @return whether further events are likely
   */
  public boolean fill() {
    List<?> position =
        entities
            .createNativeQuery(
                "select last_read, gaps from webhook_position where id = 1"
                    + " for update skip locked")
            .getResultList();
    if (position.isEmpty()) {
      return false; // another node is filling the outbox
    }
    Object[] row = (Object[]) position.get(0);
    Instant now = clock.instant();
    MissingNumbers gaps = MissingNumbers.decode(((Number) row[0]).longValue(), (String) row[1]);
    gaps.giveUpOld(now);
    List<TaskEvent> events = log.read(ChangeScope.ALL, gaps.last(), gaps.open(), ROWS_AT_ONCE);
    List<Webhook> webhooks =
        entities
            .createQuery("select w from Webhook w order by w.createdAt, w.id", Webhook.class)
            .setMaxResults(MAX_WEBHOOKS)
            // read after the events, so that a webhook created before an event receives it
            .getResultList();
    for (TaskEvent event : events) {
      gaps.seen(event.id(), now);
      webhooks.stream()
          .filter(webhook -> webhook.isFor(event))
          .forEach(webhook -> entities.persist(new Delivery(webhook, event, now)));
    }
    if (((Number) row[0]).longValue() != gaps.last() || !row[1].equals(gaps.encode())) {
      entities
          .createNativeQuery("update webhook_position set last_read = ?1, gaps = ?2 where id = 1")
          .setParameter(1, gaps.last())
          .setParameter(2, gaps.encode())
          .executeUpdate();
    }
    return events.size() == ROWS_AT_ONCE;
  }
}
