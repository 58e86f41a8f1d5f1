package io.maquette.security;

import io.maquette.cluster.LocalNode;
import io.maquette.http.JsonFormat;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.List;

/** What operators did. Whoever does something for one writes it here, in the same transaction. */
@Stateless
public class Audit {

  /** The most entries any listing returns, beside one more that tells there are more. */
  public static final int MAX_LIMIT = 100;

  /** The longest reason, in characters. */
  public static final int MAX_REASON = 500;

  private static final int MAX_STATE = 4000;

  /**
   * Which entries are wanted; what is null does not matter.
   *
   * @param subject what was done something to, like {@code account:…}
   * @param account who did it, by the id of their account
   * @param action what was done
   */
  public record Filter(String subject, String account, String action) {}

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private LocalNode node;

  /** For the container. */
  public Audit() {}

  Audit(EntityManager entities, Clock clock, LocalNode node) {
    this.entities = entities;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Keeps what is being done.
   *
   * @param action a name for programs, at most 40 letters
   * @param subject kind and id, like {@code task:…}, at most 400 characters
   * @param reason in the operator's own words, at most {@link #MAX_REASON} characters
   * @param before kept as JSON, cut where that is longer than 4000 characters; null if it was not
   *     there
   * @param after as before; null if it is gone
   */
  public void write(
      Operator by, String action, String subject, String reason, Object before, Object after) {
    entities.persist(
        new AuditEntry(
            by,
            action,
            subject,
            reason,
            state(before),
            state(after),
            node.name(),
            clock.instant()));
  }

  private static String state(Object state) {
    if (state == null) {
      return null;
    }
    String json = JsonFormat.write(state);
    return json.length() <= MAX_STATE ? json : json.substring(0, MAX_STATE - 1) + "…";
  }

  /**
   * Lists entries, newest first.
   *
   * @param limit 1 to {@link #MAX_LIMIT}
   * @param before number of the entry behind which the page begins; null for the first page
   * @return one more than the limit where there are more
   */
  public List<AuditEntry> list(Filter filter, int limit, Long before) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ": " + limit);
    }
    StringBuilder jpql = new StringBuilder("select e from AuditEntry e where e.id < :before");
    if (filter.subject() != null) {
      jpql.append(" and e.subject = :subject");
    }
    if (filter.account() != null) {
      jpql.append(" and e.accountId = :account");
    }
    if (filter.action() != null) {
      jpql.append(" and e.action = :action");
    }
    TypedQuery<AuditEntry> query =
        entities
            .createQuery(jpql.append(" order by e.id desc").toString(), AuditEntry.class)
            .setParameter("before", before == null ? Long.MAX_VALUE : before)
            .setMaxResults(limit + 1);
    if (filter.subject() != null) {
      query.setParameter("subject", filter.subject());
    }
    if (filter.account() != null) {
      query.setParameter("account", filter.account());
    }
    if (filter.action() != null) {
      query.setParameter("action", filter.action());
    }
    return query.getResultList();
  }
}
