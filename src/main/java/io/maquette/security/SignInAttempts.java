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
 * Keeps passwords from being guessed: so many tries to sign in may fail within {@code
 * maquette.sign-in.window}, for one account and from one address, over all nodes. Accounts that are
 * not there count like those that are.
 *
 * <p>A try is written down before its password is looked at, so that many at once cannot pass
 * unseen by one another.
 */
@Stateless
public class SignInAttempts {

  /** The part of an IPv6 address that one customer has, in bytes. */
  private static final int IPV6_PREFIX = 8;

  /** A try that was written down. */
  public record Attempt(String account, String address, List<UUID> rows) {}

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Settings settings;

  /** For the container. */
  public SignInAttempts() {}

  SignInAttempts(EntityManager entities, Clock clock, Settings settings) {
    this.entities = entities;
    this.clock = clock;
    this.settings = settings;
  }

  /** Writes a try down. */
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

  /** How long to wait before it may be tried; empty if it may be now. */
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

  /** Forgets a try that was not let through: it makes nobody wait longer. */
  public void refused(Attempt attempt) {
    entities
        .createQuery("delete from SignInAttempt t where t.id in :rows")
        .setParameter("rows", attempt.rows())
        .executeUpdate();
  }

  /** Forgets a try that succeeded, and those for its account that did not. */
  public void succeeded(Attempt attempt) {
    refused(attempt);
    entities
        .createQuery("delete from SignInAttempt t where t.subject = :subject")
        .setParameter("subject", attempt.account())
        .executeUpdate();
  }

  /** Forgets those that count no more, and says how many those were. */
  public int forgetOld() {
    return entities
        .createQuery("delete from SignInAttempt t where t.at <= :oldest")
        .setParameter("oldest", clock.instant().minus(settings.get(Setting.SIGN_IN_WINDOW)))
        .executeUpdate();
  }

  /** An IPv4 address, or the network of an IPv6 one. */
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
