package io.maquette.security;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Transactional service for sessions. A session ends at sign-out, after the idle timeout ({@code
 * maquette.session.idle}) and at its maximum age ({@code maquette.session.lifetime}). It also ends
 * when its account is disabled or gets another password.
 */
@Stateless
public class Sessions {

  /** Minimum interval between updates of a session's last use, so that requests rarely write. */
  private static final Duration SEEN_STEP = Duration.ofMinutes(1);

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Settings settings;

  /** Required by the container. */
  public Sessions() {}

  Sessions(EntityManager entities, Clock clock, Settings settings) {
    this.entities = entities;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Creates a session.
   *
   * @return the token for its cookie; returned only here
   */
  public String begin(String accountId) {
    String token = Secrets.token();
    entities.persist(new AccountSession(Secrets.digest(token), accountId, clock.instant()));
    return token;
  }

  /** Finds the caller of a session cookie; empty if the session is unknown or has ended. */
  public Optional<Caller> find(String token) {
    Instant now = clock.instant();
    return entities
        .createQuery(
            "select s, a from AccountSession s, Account a where a.id = s.accountId"
                + " and s.digest = :digest and s.seenAt > :idle and s.begunAt > :oldest"
                + " and a.disabledAt is null",
            Object[].class)
        .setParameter("digest", Secrets.digest(token))
        .setParameter("idle", now.minus(settings.get(Setting.SESSION_IDLE)))
        .setParameter("oldest", now.minus(settings.get(Setting.SESSION_LIFETIME)))
        .getResultStream()
        .findFirst()
        .map(
            row -> {
              seen((AccountSession) row[0], now);
              return Caller.of((Account) row[1], Scope.ALL, Caller.Credential.SESSION);
            });
  }

  private void seen(AccountSession session, Instant now) {
    Instant before = now.minus(SEEN_STEP);
    if (session.seenAt().isBefore(before)) {
      entities
          .createQuery(
              "update AccountSession s set s.seenAt = :now"
                  + " where s.digest = :digest and s.seenAt < :before")
          .setParameter("now", now)
          .setParameter("digest", session.digest())
          .setParameter("before", before)
          .executeUpdate();
    }
  }

  /** Ends a session; does nothing if it does not exist. */
  public void end(String token) {
    entities
        .createQuery("delete from AccountSession s where s.digest = :digest")
        .setParameter("digest", Secrets.digest(token))
        .executeUpdate();
  }

  /** Deletes sessions past idle timeout or maximum age, and returns their number. */
  public int forgetOld() {
    Instant now = clock.instant();
    return entities
        .createQuery("delete from AccountSession s where s.seenAt <= :idle or s.begunAt <= :oldest")
        .setParameter("idle", now.minus(settings.get(Setting.SESSION_IDLE)))
        .setParameter("oldest", now.minus(settings.get(Setting.SESSION_LIFETIME)))
        .executeUpdate();
  }
}
