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
 * Transactional service for webhooks of users and operators. Operators can perform the same actions
 * on all webhooks. Each call is one transaction, which includes the audit entry of an operator's
 * action.
 */
@Stateless
public class Webhooks {

  /** Maximum number of webhooks per owner. */
  public static final int MAX = 20;

  /** Maximum number of webhooks in a listing. */
  public static final int MAX_LISTED = 200;

  /** Maximum number of deliveries in a listing. */
  public static final int MAX_DELIVERIES = 100;

  /**
   * Webhook with its new secret.
   *
   * @param secret shown only here
   */
  public record WithSecret(Webhook webhook, String secret) {
    @Override
    public String toString() {
      return "WithSecret[webhook=" + webhook.id() + "]";
    }
  }

  /** State of a webhook in the audit. */
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

  // Actions of an owner

  /** Lists the webhooks of an owner, oldest first. */
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
   * Creates a webhook.
   *
   * @param url checked by the caller
   * @throws TooManyWebhooksException if the owner has {@link #MAX} webhooks
   */
  public WithSecret create(String owner, String url, Set<TaskEvent.Type> events) {
    if (list(owner).size() >= MAX) {
      throw new TooManyWebhooksException(MAX + " webhooks");
    }
    return insert(owner, url, events);
  }

  private WithSecret insert(String owner, String url, Set<TaskEvent.Type> events) {
    passOver();
    Webhook webhook = new Webhook(owner, url, events, clock.instant());
    entities.persist(webhook);
    return new WithSecret(webhook, webhook.secret());
  }

  /**
   * Moves the outbox to the end of the history before the first webhook, because no earlier event
   * has a receiver.
   */
  private void passOver() {
    entities
        .createNativeQuery(
            "update webhook_position set last_read = (select coalesce(max(id), 0) from task_event),"
                + " gaps = '' where id = 1 and not exists (select 1 from webhook)")
        .executeUpdate();
  }

  /**
   * Deletes a webhook of the owner with its deliveries.
   *
   * @throws NotThereException if the webhook does not exist or has another owner
   */
  public void delete(String owner, UUID id) {
    entities.remove(lock(owner, id));
  }

  /**
   * Rotates the secret of a webhook of the owner.
   *
   * @throws NotThereException as {@link #delete}
   */
  public WithSecret rotate(String owner, UUID id) {
    return rotated(lock(owner, id));
  }

  /**
   * Resumes a webhook of the owner.
   *
   * @throws NotThereException as {@link #delete}
   */
  public Webhook resume(String owner, UUID id) {
    return resumed(lock(owner, id));
  }

  /**
   * Lists the deliveries of a webhook of the owner; see {@link #deliveries(UUID, Long)}.
   *
   * @throws NotThereException as {@link #delete}
   */
  public List<Delivery> deliveries(String owner, UUID id, Long before) {
    return deliveries(lock(owner, id).id(), before);
  }

  /**
   * Sends a delivery of the owner again.
   *
   * @throws NotThereException as {@link #delete}, or if the delivery does not exist
   */
  public Delivery resend(String owner, UUID id, long event) {
    return resent(lock(owner, id), event);
  }

  // Actions of operators on all webhooks

  /** Lists all webhooks, suspended ones first. */
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
   * Creates a webhook for the tasks of all users.
   *
   * @throws TooManyWebhooksException if {@link #MAX} such webhooks exist
   */
  public WithSecret createForAll(
      String url, Set<TaskEvent.Type> events, Operator by, String reason) {
    Long there =
        entities
            .createQuery("select count(w) from Webhook w where w.owner is null", Long.class)
            .getSingleResult();
    if (there >= MAX) {
      throw new TooManyWebhooksException(MAX + " webhooks");
    }
    WithSecret created = insert(null, url, events);
    keep(by, "CREATE_WEBHOOK", created.webhook(), reason, null);
    return created;
  }

  /**
   * Deletes any webhook.
   *
   * @throws NotThereException if the webhook does not exist
   */
  public void delete(UUID id, Operator by, String reason) {
    Webhook webhook = lock(id);
    entities.remove(webhook);
    audit.write(by, "DELETE_WEBHOOK", "webhook:" + id, reason, State.of(webhook), null);
  }

  /**
   * Rotates the secret of any webhook.
   *
   * @throws NotThereException if the webhook does not exist
   */
  public WithSecret rotate(UUID id, Operator by, String reason) {
    Webhook webhook = lock(id);
    keep(by, "ROTATE_WEBHOOK", webhook, reason, State.of(webhook));
    return rotated(webhook);
  }

  /**
   * Resumes any webhook.
   *
   * @throws NotThereException if the webhook does not exist
   */
  public Webhook resume(UUID id, Operator by, String reason) {
    Webhook webhook = lock(id);
    State before = State.of(webhook);
    resumed(webhook);
    keep(by, "RESUME_WEBHOOK", webhook, reason, before);
    return webhook;
  }

  /**
   * Sends a delivery of any webhook again.
   *
   * @throws NotThereException if the webhook or the delivery does not exist
   */
  public Delivery resend(UUID id, long event, Operator by, String reason) {
    Webhook webhook = lock(id);
    Delivery delivery = resent(webhook, event);
    keep(by, "RESEND_WEBHOOK", webhook, reason, State.of(webhook));
    return delivery;
  }

  /**
   * Lists deliveries, newest event first: at most {@link #MAX_DELIVERIES}, and one more where
   * further deliveries exist.
   *
   * @param before number of the last event of the previous page; null for the first page
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
   * Finds any webhook.
   *
   * @throws NotThereException if the webhook does not exist
   */
  public Webhook find(UUID id) {
    Webhook webhook = entities.find(Webhook.class, id);
    if (webhook == null) {
      throw new NotThereException("no webhook " + id);
    }
    return webhook;
  }

  private WithSecret rotated(Webhook webhook) {
    webhook.rotate(clock.instant());
    return new WithSecret(webhook, webhook.secret());
  }

  private Webhook resumed(Webhook webhook) {
    webhook.resume();
    dueNow(webhook, clock.instant());
    return webhook;
  }

  /**
   * Makes pending deliveries due at once, with a new retry period; claimed ones keep their lease.
   */
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
