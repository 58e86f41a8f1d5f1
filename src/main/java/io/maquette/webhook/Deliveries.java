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
 * The queue of deliveries: any node takes what is due, with a lease, and brings back what came of
 * it. Each call is one short transaction; nothing is sent within one.
 */
@Stateless
public class Deliveries {

  /** How long a node may hold one: longer than all that sending may take. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** How long what was delivered or given up is kept, and what waits for a suspended one. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final double SPREAD = 0.25;
  private static final Backoff WAITS = new Backoff(LONGEST_WAIT, SPREAD);

  /** While a receiver fails, the next one is tried after this at the latest. */
  private static final Backoff QUIET = new Backoff(Duration.ofMinutes(5), SPREAD);

  private static final int MOST_FORGOTTEN = 1_000;

  /** Whose account was disabled is told nothing for now. */
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
   * Something to be sent, with all that is needed for it.
   *
   * @param fence proves the hold when a result comes back
   */
  public record Parcel(
      long delivery,
      long fence,
      UUID webhook,
      String url,
      String id,
      String body,
      List<SigningSecret> secrets) {}

  /**
   * Takes what is due; of a task, the earliest that is pending, and of a receiver that fails, a
   * single one.
   *
   * @param max how many at most; positive
   * @param busy how many this node is sending to each webhook now
   * @param mostEach how many it may send to one at once
   */
  public List<Parcel> claim(int max, Map<UUID, Integer> busy, int mostEach) {
    List<UUID> full =
        busy.entrySet().stream()
            .filter(one -> one.getValue() >= mostEach)
            .map(Map.Entry::getKey)
            .toList();
    List<Delivery> due = lockDue(max, full);
    Map<UUID, Integer> taken = new HashMap<>(busy);
    Set<UUID> onTrial = new HashSet<>();
    List<Parcel> parcels = new ArrayList<>();
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
      parcels.add(
          new Parcel(
              delivery.id(),
              delivery.fence(),
              webhook.id(),
              webhook.url(),
              Long.toString(delivery.eventId()),
              delivery.body(),
              webhook.secrets(now)));
    }
    return parcels;
  }

  /**
   * Locks due deliveries, except those to webhooks that are busy: a slow receiver must not delay
   * the others. On H2 they are found first and then locked by their ids, see {@link Dialect#H2}.
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

  /** Only one node tries a receiver that fails; another one may have begun a moment ago. */
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

  /** What came of sending something; nothing changes if it was taken over meanwhile. */
  public void answered(Parcel parcel, DeliveryResponse answer) {
    Webhook webhook =
        entities.find(Webhook.class, parcel.webhook(), LockModeType.PESSIMISTIC_WRITE);
    Delivery delivery =
        webhook == null
            ? null
            : entities.find(Delivery.class, parcel.delivery(), LockModeType.PESSIMISTIC_WRITE);
    if (delivery == null || delivery.fence() != parcel.fence()) {
      return;
    }
    Instant now = clock.instant();
    if (answer.isAcceptance()) {
      delivery.accepted(answer, now);
      webhook.accepted();
      return;
    }
    Duration first = settings.get(Setting.WEBHOOK_RETRY_DELAY);
    Duration asked = answer.retryAfter();
    Duration wait = WAITS.after(first, delivery.attempts());
    if (asked != null && asked.compareTo(wait) > 0) {
      wait = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }
    delivery.refused(answer, now, now.plus(wait), settings.get(Setting.WEBHOOK_RETRY_FOR));
    webhook.failed(
        now,
        now.plus(QUIET.after(first, webhook.failures())),
        settings.get(Setting.WEBHOOK_SUSPEND_AFTER));
    if (answer.isGone()) {
      webhook.suspend("the receiver says that it is gone", now);
    }
  }

  /** It was not sent; somebody may do so at once. */
  public void giveBack(Parcel parcel) {
    Delivery delivery =
        entities.find(Delivery.class, parcel.delivery(), LockModeType.PESSIMISTIC_WRITE);
    if (delivery != null && delivery.fence() == parcel.fence()) {
      delivery.release(clock.instant());
    }
  }

  /** Gives back what an earlier life of this node was sending when it was killed. */
  public void endLeftovers() {
    entities
        .createNativeQuery(
            "update webhook_delivery set leased_by = null, due_at = ?1, fence = fence + 1"
                + " where status = 'PENDING' and leased_by = ?2")
        .setParameter(1, clock.instant().atOffset(ZoneOffset.UTC))
        .setParameter(2, node.name())
        .executeUpdate();
  }

  /** Forgets some of those that are older than {@link #KEPT}. */
  public void forgetOld() {
    entities
        .createNativeQuery(
            "delete from webhook_delivery where id in (select id from webhook_delivery"
                + " where created_at < ?1 order by created_at limit "
                + MOST_FORGOTTEN
                + ")")
        .setParameter(1, clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  /**
   * How the webhooks are doing.
   *
   * @param pending deliveries that are still to be sent
   * @param oldestSince since when the one that waits longest does; null if none does
   * @param suspended webhooks that are
   */
  public record State(long pending, Instant oldestSince, long suspended) {}

  /** How they are doing now. */
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
