package io.maquette.webhook;

import io.maquette.security.Audit;
import io.maquette.security.NotThereException;
import io.maquette.security.Operator;
import io.maquette.task.TaskEvent;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The webhooks of users, and those of operators, who may do the same to all of them. Each call is
 * one transaction, with what is kept of it in the audit where an operator makes it.
 */
@Stateless
public class Webhooks {

  /** So many somebody may have. */
  public static final int MAX = 20;

  /** The most that are listed at once. */
  public static final int MAX_LISTED = 200;

  /** The most deliveries that are listed at once. */
  public static final int MAX_DELIVERIES = 100;

  /**
   * A webhook with the secret that was just made for it.
   *
   * @param secret told only here
   */
  public record Told(Webhook webhook, String secret) {
    @Override
    public String toString() {
      return "Told[webhook=" + webhook.id() + "]";
    }
  }

  /** What a webhook looks like in the audit. */
  public record State(String owner, String url, String events, boolean suspended) {
    static State of(Webhook webhook) {
      return new State(
          webhook.owner(), webhook.url(), webhook.events(), webhook.suspendedAt() != null);
    }
  }

  @PersistenceContext private EntityManager entities;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** Required by the container. */
  public Webhooks() {}

  Webhooks(EntityManager entities, Audit audit, Clock clock) {
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  // One's own

  /** Lists somebody's, oldest first. */
  public List<Webhook> list(String owner) {
    return entities
        .createQuery(
            "select w from Webhook w where w.owner = :owner order by w.createdAt, w.id",
            Webhook.class)
        .setParameter("owner", owner)
        .setMaxResults(MAX_LISTED)
        .getResultList();
  }

  /**
   * Makes one.
   *
   * @param url checked already
   * @throws TooManyWebhooksException if the owner has {@link #MAX}
   */
  public Told create(String owner, String url, Set<TaskEvent.Type> events) {
    if (list(owner).size() >= MAX) {
      throw new TooManyWebhooksException(MAX + " webhooks");
    }
    return made(owner, url, events);
  }

  private Told made(String owner, String url, Set<TaskEvent.Type> events) {
    passOver();
    Webhook webhook = new Webhook(owner, url, events, clock.instant());
    entities.persist(webhook);
    return new Told(webhook, webhook.secret());
  }

  /** Nobody reads the history for the first one: it begins where the history is now. */
  private void passOver() {
    entities
        .createNativeQuery(
            "update webhook_position set last_read = (select coalesce(max(id), 0) from task_event),"
                + " gaps = '' where id = 1 and not exists (select 1 from webhook)")
        .executeUpdate();
  }

  /**
   * Removes one of one's own, and what was to be delivered.
   *
   * @throws NotThereException if there is none, or it is somebody else's
   */
  public void delete(String owner, UUID id) {
    entities.remove(lock(owner, id));
  }

  /**
   * Changes the secret of one of one's own.
   *
   * @throws NotThereException as {@link #delete}
   */
  public Told rotate(String owner, UUID id) {
    return rotated(lock(owner, id));
  }

  /**
   * Sends again to one of one's own.
   *
   * @throws NotThereException as {@link #delete}
   */
  public Webhook resume(String owner, UUID id) {
    return resumed(lock(owner, id));
  }

  /**
   * Lists what was, and is to be, delivered to one of one's own; see {@link #deliveries(UUID,
   * Long)}.
   *
   * @throws NotThereException as {@link #delete}
   */
  public List<Delivery> deliveries(String owner, UUID id, Long before) {
    return deliveries(lock(owner, id).id(), before);
  }

  /**
   * Sends one of one's own deliveries again.
   *
   * @throws NotThereException as {@link #delete}, or if there is no such delivery
   */
  public Delivery resend(String owner, UUID id, long event) {
    return resent(lock(owner, id), event);
  }

  // Anybody's, by operators

  /** All there are, the suspended ones first. */
  public List<Webhook> listAll() {
    return entities
        .createQuery(
            "select w from Webhook w order by case when w.suspendedAt is null then 1 else 0 end,"
                + " w.createdAt, w.id",
            Webhook.class)
        .setMaxResults(MAX_LISTED)
        .getResultList();
  }

  /**
   * Makes one for everybody's tasks.
   *
   * @throws TooManyWebhooksException if there are {@link #MAX} such
   */
  public Told createForAll(String url, Set<TaskEvent.Type> events, Operator by, String reason) {
    Long there =
        entities
            .createQuery("select count(w) from Webhook w where w.owner is null", Long.class)
            .getSingleResult();
    if (there >= MAX) {
      throw new TooManyWebhooksException(MAX + " webhooks");
    }
    Told told = made(null, url, events);
    keep(by, "CREATE_WEBHOOK", told.webhook(), reason, null);
    return told;
  }

  /**
   * Removes anybody's.
   *
   * @throws NotThereException if there is none
   */
  public void delete(UUID id, Operator by, String reason) {
    Webhook webhook = lock(id);
    entities.remove(webhook);
    audit.write(by, "DELETE_WEBHOOK", "webhook:" + id, reason, State.of(webhook), null);
  }

  /**
   * Changes anybody's secret.
   *
   * @throws NotThereException if there is none
   */
  public Told rotate(UUID id, Operator by, String reason) {
    Webhook webhook = lock(id);
    keep(by, "ROTATE_WEBHOOK", webhook, reason, State.of(webhook));
    return rotated(webhook);
  }

  /**
   * Sends to anybody's again.
   *
   * @throws NotThereException if there is none
   */
  public Webhook resume(UUID id, Operator by, String reason) {
    Webhook webhook = lock(id);
    State before = State.of(webhook);
    resumed(webhook);
    keep(by, "RESUME_WEBHOOK", webhook, reason, before);
    return webhook;
  }

  /**
   * Sends one of anybody's deliveries again.
   *
   * @throws NotThereException if there is none
   */
  public Delivery resend(UUID id, long event, Operator by, String reason) {
    Webhook webhook = lock(id);
    Delivery delivery = resent(webhook, event);
    keep(by, "RESEND_WEBHOOK", webhook, reason, State.of(webhook));
    return delivery;
  }

  /**
   * Lists deliveries, newest event first, at most {@link #MAX_DELIVERIES} and one more where there
   * are more.
   *
   * @param before number of the event before which the page begins; null for the first page
   */
  public List<Delivery> deliveries(UUID webhook, Long before) {
    return entities
        .createQuery(
            "select d from Delivery d where d.webhookId = :webhook and d.eventId < :before"
                + " order by d.eventId desc",
            Delivery.class)
        .setParameter("webhook", webhook)
        .setParameter("before", before == null ? Long.MAX_VALUE : before)
        .setMaxResults(MAX_DELIVERIES + 1)
        .getResultList();
  }

  /**
   * Anybody's.
   *
   * @throws NotThereException if there is none
   */
  public Webhook find(UUID id) {
    Webhook webhook = entities.find(Webhook.class, id);
    if (webhook == null) {
      throw new NotThereException("no webhook " + id);
    }
    return webhook;
  }

  private Told rotated(Webhook webhook) {
    webhook.rotate(clock.instant());
    return new Told(webhook, webhook.secret());
  }

  private Webhook resumed(Webhook webhook) {
    webhook.resume();
    dueNow(webhook, clock.instant());
    return webhook;
  }

  /** What waited is sent at once, with all its time before it; what is being sent stays held. */
  private void dueNow(Webhook webhook, Instant now) {
    entities
        .createNativeQuery(
            "update webhook_delivery set due_at = ?1, first_tried_at = null"
                + " where webhook_id = ?2 and status = 'PENDING' and leased_by is null")
        .setParameter(1, now.atOffset(ZoneOffset.UTC))
        .setParameter(2, webhook.id())
        .executeUpdate();
  }

  private Delivery resent(Webhook webhook, long event) {
    Delivery delivery =
        entities
            .createQuery(
                "select d from Delivery d where d.webhookId = :webhook and d.eventId = :event",
                Delivery.class)
            .setParameter("webhook", webhook.id())
            .setParameter("event", event)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultStream()
            .findFirst()
            .orElseThrow(() -> new NotThereException("no delivery " + event));
    delivery.resend(clock.instant());
    return delivery;
  }

  private Webhook lock(String owner, UUID id) {
    Webhook webhook = lock(id);
    if (!owner.equals(webhook.owner())) {
      throw new NotThereException("no webhook " + id);
    }
    return webhook;
  }

  private Webhook lock(UUID id) {
    Webhook webhook = entities.find(Webhook.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (webhook == null) {
      throw new NotThereException("no webhook " + id);
    }
    return webhook;
  }

  private void keep(Operator by, String action, Webhook webhook, String reason, State before) {
    audit.write(by, action, "webhook:" + webhook.id(), reason, before, State.of(webhook));
  }
}
