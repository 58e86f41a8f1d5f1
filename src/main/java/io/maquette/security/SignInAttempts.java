package io.maquette.security;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Rate limit for failed sign-in attempts, which stops password guessing. It counts the attempts of
 * the last {@code maquette.sign-in.window} per account and per address, over all nodes. Attempts
 * for unknown accounts count too.
 *
 * <p>An attempt is stored before its password is checked, so that concurrent attempts see each
 * other.
 */
@Stateless
public class SignInAttempts {

  /** Bytes of an IPv6 address that identify one customer's network (a /64 prefix). */
  private static final int IPV6_PREFIX = 8;

  /** Stored attempt. */
  public record Attempt(String account, String address, List<UUID> rows) {}

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Settings settings;

  /** Required by the container. */
  public SignInAttempts() {}

  SignInAttempts(EntityManager entities, Clock clock, Settings settings) {
    this.entities = entities;
    this.clock = clock;
    this.settings = settings;
  }

  /** Stores an attempt. */
  public Attempt begin(String email, String address) {
    String account = "account:" + Secrets.digest(Accounts.normalised(email));
    String network = "address:" + network(address);
    List<UUID> rows =
        Stream.of(account, network)
            .map(subject -> new SignInAttempt(subject, clock.instant()))
            .peek(entities::persist)
            .map(SignInAttempt::id)
            .toList();
    return new Attempt(account, network, rows);
  }

  /** Returns the time until the attempt is permitted; empty if it is permitted now. */
  public Optional<Duration> delay(Attempt attempt) {
    return Stream.of(
            delay(attempt.account(), settings.get(Setting.SIGN_IN_ACCOUNT_LIMIT)),
            delay(attempt.address(), settings.get(Setting.SIGN_IN_ADDRESS_LIMIT)))
        .flatMap(Optional::stream)
        .max(Duration::compareTo);
  }

  private Optional<Duration> delay(String subject, int limit) {
    Duration window = settings.get(Setting.SIGN_IN_WINDOW);
    Instant now = clock.instant();
    List<Instant> tries =
        entities
            .createQuery(
                "select t.at from SignInAttempt t where t.subject = :subject and t.at > :since"
                    + " order by t.at",
                Instant.class)
            .setParameter("subject", subject)
            .setParameter("since", now.minus(window))
            .setMaxResults(limit + 1)
            .getResultList();
    return tries.size() <= limit
        ? Optional.empty()
        : Optional.of(Duration.between(now, tries.get(0).plus(window)));
  }

  /** Deletes an attempt that was refused, so that it does not prolong the waiting time. */
  public void refused(Attempt attempt) {
    entities
        .createQuery("delete from SignInAttempt t where t.id in :rows")
        .setParameter("rows", attempt.rows())
        .executeUpdate();
  }

  /** Deletes a successful attempt and the failed attempts for its account. */
  public void succeeded(Attempt attempt) {
    refused(attempt);
    entities
        .createQuery("delete from SignInAttempt t where t.subject = :subject")
        .setParameter("subject", attempt.account())
        .executeUpdate();
  }

  /** Deletes attempts older than the window, and returns the number of rows. */
  public int forgetOld() {
    return entities
        .createQuery("delete from SignInAttempt t where t.at <= :oldest")
        .setParameter("oldest", clock.instant().minus(settings.get(Setting.SIGN_IN_WINDOW)))
        .executeUpdate();
  }

  /** Returns an IPv4 address, or the /64 network of an IPv6 address. */
  static String network(String address) {
    try {
      if (address.indexOf(':') >= 0
          && InetAddress.getByName(address) instanceof Inet6Address long6) {
        return HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(long6.getAddress(), IPV6_PREFIX));
      }
      return address;
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
