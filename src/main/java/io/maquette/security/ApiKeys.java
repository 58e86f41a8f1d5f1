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

/** Keys for programs: made by their owners, revoked by them or by an operator. */
@Stateless
public class ApiKeys {

  /** So many keys an account may have that are not revoked. */
  public static final int MAX_KEYS = 50;

  /** The most keys a listing shows; the newest, revoked ones included. */
  public static final int MAX_LISTED = 200;

  /** How far what is written of when a key was last used may lie behind. */
  private static final Duration USED_STEP = Duration.ofMinutes(1);

  /**
   * A key just made.
   *
   * @param token the key itself; told only here
   */
  public record Created(ApiKey key, String token) {
    @Override
    public String toString() {
      return "Created[key=" + key.beginning() + "…]";
    }
  }

  /** What a key looks like in the audit. */
  public record State(String account, String name, String beginning, boolean revoked) {
    static State of(ApiKey key) {
      return new State(key.accountId(), key.name(), key.beginning(), key.revokedAt() != null);
    }
  }

  @PersistenceContext private EntityManager entities;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** For the container. */
  public ApiKeys() {}

  ApiKeys(EntityManager entities, Audit audit, Clock clock) {
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Makes a key.
   *
   * @param name 1 to 100 characters
   * @param expiresAt null for never
   * @throws TooManyKeysException if the account has {@link #MAX_KEYS} already
   */
  public Created create(String accountId, String name, Set<Scope> scopes, Instant expiresAt) {
    entities.find(Account.class, accountId, LockModeType.PESSIMISTIC_WRITE); // one after another
    if (good(accountId) >= MAX_KEYS) {
      throw new TooManyKeysException(MAX_KEYS + " keys");
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
   * Revokes a key of one's own.
   *
   * @throws NotThereException if there is no such key, or it is somebody else's
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
   * Revokes anybody's key.
   *
   * @throws NotThereException if there is no such key
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

  /** Who calls with a key; empty if it is none, or none any more. */
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
