package io.maquette.webhook;

import io.maquette.cluster.LocalNode;
import io.maquette.concurrent.Backoff;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.persistence.Dialect;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Queue of deliveries. Any node claims due deliveries under a lease and applies the results. Each
 * call is one short transaction; no message is sent inside a transaction.
 */
@Stateless
public class Deliveries {

  /** Duration of a lease; it exceeds the time limit of an attempt. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** Time for which deliveries are kept, in every status. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final double SPREAD = 0.25;
  private static final Backoff WAITS = new Backoff(LONGEST_WAIT, SPREAD);

  /** Waiting time of a failing webhook: at most 5 minutes pass until its next attempt. */
  private static final Backoff TRIAL_WAITS = new Backoff(Duration.ofMinutes(5), SPREAD);

  private static final int MAX_DELETED = 1_000;

  /** Due deliveries of active webhooks, earliest event of each task; disabled accounts get none. */
  private static final String DUE =
      " from webhook_delivery d where d.status = 'PENDING'"
          + " and d.due_at <= current_timestamp"
          + " and exists (select 1 from webhook w where w.id = d.webhook_id and w.suspended_at is"
          + " null and (w.quiet_until is null or w.quiet_until <= current_timestamp)"
          + " and not exists (select 1 from account a where a.id = w.owner"
          + " and a.disabled_at is not null))"
          + " and not exists (select 1 from webhook_delivery e where e.webhook_id = d.webhook_id"
          + " and e.task_id = d.task_id and e.status = 'PENDING' and e.event_id < d.event_id)";

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private LocalNode node;
  @Inject private Settings settings;

  /** Required by the container. */
  public Deliveries() {}

  Deliveries(EntityManager entities, Clock clock, LocalNode node, Settings settings) {
    this.entities = entities;
    this.clock = clock;
    this.node = node;
    this.settings = settings;
  }

  /**
   * Claimed delivery with all data for its attempt.
   *
   * @param fence fence that the result must match
   */
  public record OutgoingMessage(
      long delivery,
      long fence,
      UUID webhook,
      String url,
      String id,
      String body,
      List<SigningSecret> secrets) {}

  /**
   * Claims due deliveries under a lease: per task the earliest pending event, per failing webhook
   * one delivery.
   *
   * @param max maximum number of deliveries; positive
   * @param busy number of running attempts of this node, by webhook
   * @param mostEach concurrency limit per webhook
   */
  public List<OutgoingMessage> claim(int max, Map<UUID, Integer> busy, int mostEach) {
    List<UUID> full =
        busy.entrySet().stream()
            .filter(one -> one.getValue() >= mostEach)
            .map(Map.Entry::getKey)
            .toList();
    List<Delivery> due = lockDue(max, full);
    Map<UUID, Integer> taken = new HashMap<>(busy);
    Set<UUID> onTrial = new HashSet<>();
    List<OutgoingMessage> messages = new ArrayList<>();
    Instant now = clock.instant();
    for (Delivery delivery : due) {
      Webhook webhook = entities.find(Webhook.class, delivery.webhookId());
      if (taken.getOrDefault(webhook.id(), 0) >= mostEach || onTrial.contains(webhook.id())) {
        continue;
      }
      if (webhook.failures() > 0 && !beginTrial(webhook, now)) {
        continue;
      }
      if (webhook.failures() > 0) {
        onTrial.add(webhook.id());
      }
      taken.merge(webhook.id(), 1, Integer::sum);
      delivery.leaseTo(node.name(), now.plus(LEASE));
      messages.add(
          new OutgoingMessage(
              delivery.id(),
              delivery.fence(),
              webhook.id(),
              webhook.url(),
              Long.toString(delivery.eventId()),
              delivery.body(),
              webhook.secrets(now)));
    }
    return messages;
  }

  /**
   * Locks due deliveries, except those of busy webhooks, so that a slow receiver does not delay the
   * others. On H2 the rows are found first and then locked by their ids, see {@link Dialect#H2}.
   */
  @SuppressWarnings("unchecked")
  private List<Delivery> lockDue(int max, List<UUID> full) {
    String due = DUE + " and d.webhook_id <> ?".repeat(full.size());
    List<Object> parameters = new ArrayList<>(full);
    String limit = " limit " + max;
    if (isH2()) {
      List<Number> ids =
          query(
                  "select d.id" + due + " order by d.status, d.due_at, d.event_id" + limit,
                  null,
                  full)
              .getResultList();
      if (ids.isEmpty()) {
        return List.of();
      }
      due += " and d.id in (?" + ", ?".repeat(ids.size() - 1) + ")";
      parameters.addAll(ids);
      limit = "";
    }
    return query(
            "select d.*"
                + due
                + " order by d.due_at, d.event_id"
                + limit
                + " for update skip locked",
            Delivery.class,
            parameters)
        .getResultList();
  }

  private boolean isH2() {
    try {
      return Dialect.of(entities.unwrap(Connection.class)) == Dialect.H2;
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }

  private Query query(String sql, Class<?> type, List<?> parameters) {
    Query query =
        type == null ? entities.createNativeQuery(sql) : entities.createNativeQuery(sql, type);
    for (int i = 0; i < parameters.size(); i++) {
      query.setParameter(i + 1, parameters.get(i));
    }
    return query;
  }

  /**
   * Begins the single trial attempt to a failing receiver, unless another node has just begun one.
   */
  private boolean beginTrial(Webhook webhook, Instant now) {
    entities.refresh(webhook, LockModeType.PESSIMISTIC_WRITE);
    if (webhook.failures() > 0
        && webhook.quietUntil() != null
        && webhook.quietUntil().isAfter(now)) {
      return false;
    }
    if (webhook.failures() > 0) {
      webhook.onTrial(now.plus(LEASE));
    }
    return true;
  }

  /**
   * Applies the result of an attempt; does nothing if another node has claimed the delivery since.
   */
  public void answered(OutgoingMessage message, DeliveryResponse answer) {
    Webhook webhook =
        entities.find(Webhook.class, message.webhook(), LockModeType.PESSIMISTIC_WRITE);
    Delivery delivery =
        webhook == null
            ? null
            : entities.find(Delivery.class, message.delivery(), LockModeType.PESSIMISTIC_WRITE);
    if (delivery == null || delivery.fence() != message.fence()) {
      return;
    }
    Instant now = clock.instant();
    if (answer.isAcceptance()) {
      delivery.accepted(answer, now);
      webhook.accepted();
      return;
    }
    Duration first = settings.get(Setting.WEBHOOK_RETRY_DELAY);
    Duration retryAfter = answer.retryAfter();
    Duration wait = WAITS.after(first, delivery.attempts());
    if (retryAfter != null && retryAfter.compareTo(wait) > 0) {
      wait = retryAfter.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : retryAfter;
    }
    delivery.refused(answer, now, now.plus(wait), settings.get(Setting.WEBHOOK_RETRY_FOR));
    webhook.failed(
        now,
        now.plus(TRIAL_WAITS.after(first, webhook.failures())),
        settings.get(Setting.WEBHOOK_SUSPEND_AFTER));
    if (answer.isGone()) {
      webhook.suspend("the receiver answered 410 Gone", now);
    }
  }

  /** Releases a delivery that was not sent, so that it is due at once. */
  public void release(OutgoingMessage message) {
    Delivery delivery =
        entities.find(Delivery.class, message.delivery(), LockModeType.PESSIMISTIC_WRITE);
    if (delivery != null && delivery.fence() == message.fence()) {
      delivery.release(clock.instant());
    }
  }

  /** Releases the deliveries that this node had claimed before it was killed. */
  public void endLeftovers() {
    entities
        .createNativeQuery(
            "update webhook_delivery set leased_by = null, due_at = ?1, fence = fence + 1"
                + " where status = 'PENDING' and leased_by = ?2")
        .setParameter(1, clock.instant().atOffset(ZoneOffset.UTC))
        .setParameter(2, node.name())
        .executeUpdate();
  }

  /** Deletes some of the deliveries that are older than {@link #KEPT}. */
  public void forgetOld() {
    entities
        .createNativeQuery(
            "delete from webhook_delivery where id in (select id from webhook_delivery"
                + " where created_at < ?1 order by created_at limit "
                + MAX_DELETED
                + ")")
        .setParameter(1, clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  /**
   * State of all webhooks.
   *
   * @param pending number of deliveries that are not sent yet
   * @param oldestSince creation time of the oldest pending delivery; null if there is none
   * @param suspended number of suspended webhooks
   */
  public record State(long pending, Instant oldestSince, long suspended) {}

  /** Returns the present state of all webhooks. */
  public State state() {
    Object[] pending =
        (Object[])
            entities
                .createQuery(
                    "select count(d), min(d.createdAt) from Delivery d where d.status ="
                        + " io.maquette.webhook.Delivery.Status.PENDING")
                .getSingleResult();
    Long suspended =
        entities
            .createQuery(
                "select count(w) from Webhook w where w.suspendedAt is not null", Long.class)
            .getSingleResult();
    return new State((Long) pending[0], (Instant) pending[1], suspended);
  }
}
