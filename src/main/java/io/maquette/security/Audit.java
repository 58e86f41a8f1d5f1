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

/** Record of operator actions. The caller writes each entry in the transaction of the action. */
@Stateless
public class Audit {

  /** Maximum page size. A listing returns one more entry where further entries exist. */
  public static final int MAX_LIMIT = 100;

  /** Maximum length of a reason, in characters. */
  public static final int MAX_REASON = 500;

  private static final int MAX_STATE = 4000;

  /**
   * Filter for audit entries; a null component matches every entry.
   *
   * @param subject object of the action, such as {@code account:…}
   * @param account account id of the operator
   * @param action name of the action
   */
  public record Filter(String subject, String account, String action) {}

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private LocalNode node;

  /** Required by the container. */
  public Audit() {}

  Audit(EntityManager entities, Clock clock, LocalNode node) {
    this.entities = entities;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Writes an entry.
   *
   * @param action name for programs, at most 40 letters
   * @param subject kind and id of the object, such as {@code task:…}, at most 400 characters
   * @param reason the operator's text, at most {@link #MAX_REASON} characters
   * @param before state before the action, stored as JSON and cut after 4000 characters; null if
   *     the object did not exist
   * @param after state after the action, as {@code before}; null if the object no longer exists
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
   * @param before number of the last entry of the previous page; null for the first page
   * @return one more than the limit where further entries exist
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
