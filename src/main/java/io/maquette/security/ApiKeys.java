package io.maquette.security;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Transactional service for API keys: owners create them; owners and operators revoke them. */
@Stateless
public class ApiKeys {

  /** Maximum number of keys per account that are not revoked. */
  public static final int MAX_KEYS = 50;

  /** Maximum number of keys in a listing: the newest, revoked keys included. */
  public static final int MAX_LISTED = 200;

  /** Minimum interval between updates of a key's last use, so that requests rarely write. */
  private static final Duration USED_STEP = Duration.ofMinutes(1);

  /**
   * Newly created key.
   *
   * @param token the key itself; shown only here
   */
  public record Created(ApiKey key, String token) {
    @Override
    public String toString() {
      return "Created[key=" + key.beginning() + "…]";
    }
  }

  /** State of a key in the audit. */
  public record State(String account, String name, String beginning, boolean revoked) {
    static State of(ApiKey key) {
      return new State(key.accountId(), key.name(), key.beginning(), key.revokedAt() != null);
    }
  }

  @PersistenceContext private EntityManager entities;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** Required by the container. */
  public ApiKeys() {}

  ApiKeys(EntityManager entities, Audit audit, Clock clock) {
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Creates a key.
   *
   * @param name 1 to 100 characters
   * @param expiresAt null for never
   * @throws AccountException.TooManyKeys if the account already has {@link #MAX_KEYS} keys that are
   *     not revoked
   */
  public Created create(String accountId, String name, Set<Scope> scopes, Instant expiresAt) {
    // serialises creation per account
    entities.find(Account.class, accountId, LockModeType.PESSIMISTIC_WRITE);
    if (good(accountId) >= MAX_KEYS) {
      throw new AccountException.TooManyKeys(MAX_KEYS);
    }
    String token = ApiKey.PREFIX + Secrets.token();
    ApiKey key = new ApiKey(token, accountId, name, scopes, expiresAt, clock.instant());
    entities.persist(key);
    return new Created(key, token);
  }

  private long good(String accountId) {
    return entities
        .createQuery(
            "select count(k) from ApiKey k where k.accountId = :account and k.revokedAt is null",
            Long.class)
        .setParameter("account", accountId)
        .getSingleResult();
  }

  /** Lists an account's keys, newest first. */
  public List<ApiKey> list(String accountId) {
    return entities
        .createQuery(
            "select k from ApiKey k where k.accountId = :account"
                + " order by k.createdAt desc, k.id desc",
            ApiKey.class)
        .setParameter("account", accountId)
        .setMaxResults(MAX_LISTED)
        .getResultList();
  }

  /**
   * Revokes a key of the calling user.
   *
   * @throws NotThereException if no such key exists, or another user owns it
   */
  public ApiKey revoke(String accountId, UUID id) {
    ApiKey key = lock(id);
    if (!key.accountId().equals(accountId)) {
      throw new NotThereException("no key " + id);
    }
    key.revoke(clock.instant());
    return key;
  }

  /**
   * Revokes a key of any user.
   *
   * @throws NotThereException if no such key exists
   */
  public ApiKey revoke(UUID id, Operator by, String reason) {
    ApiKey key = lock(id);
    State before = State.of(key);
    key.revoke(clock.instant());
    audit.write(by, "REVOKE_KEY", "key:" + id, reason, before, State.of(key));
    return key;
  }

  private ApiKey lock(UUID id) {
    ApiKey key = entities.find(ApiKey.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (key == null) {
      throw new NotThereException("no key " + id);
    }
    return key;
  }

  /**
   * Finds the caller of a key; empty if the key is unknown, expired or revoked, or the account is
   * disabled.
   */
  public Optional<Caller> find(String token) {
    Instant now = clock.instant();
    return entities
        .createQuery(
            "select k, a from ApiKey k, Account a where a.id = k.accountId and k.digest = :digest"
                + " and k.revokedAt is null and (k.expiresAt is null or k.expiresAt > :now)"
                + " and a.disabledAt is null",
            Object[].class)
        .setParameter("digest", Secrets.digest(token))
        .setParameter("now", now)
        .getResultStream()
        .findFirst()
        .map(
            row -> {
              ApiKey key = (ApiKey) row[0];
              used(key, now);
              return Caller.of((Account) row[1], key.scopes(), Caller.Credential.KEY);
            });
  }

  private void used(ApiKey key, Instant now) {
    Instant before = now.minus(USED_STEP);
    if (key.lastUsedAt() == null || key.lastUsedAt().isBefore(before)) {
      entities
          .createQuery(
              "update ApiKey k set k.lastUsedAt = :now where k.id = :id"
                  + " and (k.lastUsedAt is null or k.lastUsedAt < :before)")
          .setParameter("now", now)
          .setParameter("id", key.id())
          .setParameter("before", before)
          .executeUpdate();
    }
  }
}
