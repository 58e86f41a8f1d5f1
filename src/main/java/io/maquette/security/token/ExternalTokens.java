package io.maquette.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.security.Account;
import io.maquette.security.Accounts;
import io.maquette.security.Caller;
import io.maquette.security.Scope;
import io.maquette.telemetry.LogThrottle;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Tokens of one outside issuer, configured by the settings of MicroProfile JWT. The first token of
 * a subject creates its account. A member of an operator group is an operator for as long as the
 * token says so.
 *
 * <p>The log names the cause of each refusal, once per minute and cause, without the token.
 */
@ApplicationScoped
public class ExternalTokens {

  private static final Logger LOG = Logger.getLogger(ExternalTokens.class.getName());

  /** Token types of access tokens (RFC 9068, which allows the prefix) and of JWTs in general. */
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
      new DefaultJOSEObjectTypeVerifier<>(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"),
          null);

  private final LogThrottle throttle = new LogThrottle();
  private final AtomicBoolean saysNoGroups = new AtomicBoolean();
  private Settings settings;
  private Accounts accounts;
  private Clock clock;
  private JWTProcessor<SecurityContext> processor;
  private GroupClaims groups;

  /** Required by CDI. */
  protected ExternalTokens() {}

  @Inject
  ExternalTokens(Settings settings, Accounts accounts, Clock clock) {
    this.settings = settings;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Reads the issuer's key. An unreadable key in the settings or in a file stops the start. */
  @PostConstruct
  void prepare() {
    groups = new GroupClaims(settings);
    IssuerKeys.of(settings)
        .ifPresent(
            keys -> {
              DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
              made.setJWSTypeVerifier(TYPES);
              made.setJWSKeySelector(
                  new IssuerKeys.Selector(
                      JWSAlgorithm.parse(settings.get(Setting.JWT_ALGORITHM)), keys));
              made.setJWTClaimsSetVerifier(new TokenRules(settings, clock));
              processor = made;
            });
  }

  /** Returns whether an issuer is configured. */
  public boolean areTaken() {
    return processor != null;
  }

  /**
   * Finds the caller of a token; empty if the token is invalid, or no issuer is configured.
   *
   * @throws UnknownKeysException if the issuer's keys could not be fetched
   */
  public Optional<Caller> find(String token) {
    if (processor == null) {
      return Optional.empty();
    }
    SignedJWT signed;
    try {
      signed = SignedJWT.parse(token);
    } catch (ParseException e) {
      LOG.log(Level.FINE, "A bearer token is not a signed JWT", e);
      return Optional.empty();
    }
    try {
      return find(processor.process(signed, null));
    } catch (KeySourceException e) {
      throw new UnknownKeysException(e);
    } catch (TokenRules.RefusedTokenException e) {
      refused(e.causeOfRefusal(), e.getMessage());
    } catch (BadJOSEException | JOSEException e) {
      LOG.log(Level.FINE, "A token is invalid", e);
      refusedUnread(signed);
    }
    return Optional.empty();
  }

  /**
   * Logs the refusal of a token without a valid signature. Its claims are untrusted, so the line
   * shows few.
   */
  private void refusedUnread(SignedJWT token) {
    Map<String, Object> claims = token.getPayload().toJSONObject();
    String malformed = claims == null ? "all" : TokenRules.malformed(claims);
    if (!malformed.isEmpty()) {
      refused("malformed", "claims have another type than a JWT's: " + malformed);
    } else if (!isOfKnownType(token)) {
      refused("type", "it is of another type (typ) than JWT or at+jwt");
    } else {
      refused(
          "signature",
          "it is not signed by a key of the issuer (alg "
              + TokenRules.shown(String.valueOf(token.getHeader().getAlgorithm()))
              + ", kid "
              + TokenRules.shown(String.valueOf(token.getHeader().getKeyID()))
              + "); see mp.jwt.verify.publickey.location and mp.jwt.verify.publickey.algorithm");
    }
  }

  private static boolean isOfKnownType(SignedJWT token) {
    try {
      TYPES.verify(token.getHeader().getType(), null);
      return true;
    } catch (BadJOSEException e) {
      return false;
    }
  }

  /** Logs a refusal. An expired token is normal unless a clock is wrong, so its level is INFO. */
  private void refused(String cause, String reason) {
    OptionalLong leftOut = throttle.permit(cause);
    if (leftOut.isPresent()) {
      LOG.log(
          cause.equals("exp") ? Level.INFO : Level.WARNING,
          "A token was refused: {0}{1}",
          new Object[] {reason, LogThrottle.suffix(leftOut.getAsLong())});
    }
  }

  private Optional<Caller> find(JWTClaimsSet claims) {
    Account account = account(TokenRules.accountName(claims));
    if (account.isDisabled()) {
      return Optional.empty();
    }
    Caller caller = Caller.of(account, Scope.ALL, Caller.Credential.TOKEN);
    if (!groups.isIn(claims) && saysNoGroups.compareAndSet(false, true)) {
      LOG.log(
          Level.INFO,
          "A token has no claim {0} (maquette.jwt.groups-claim), so the role of its account applies;"
              + " its claims are {1}{2}",
          new Object[] {groups.names(), names(claims), overage(claims)});
    }
    return Optional.of(groups.makeOperator(claims) ? caller.asOperator() : caller);
  }

  private static String names(JWTClaimsSet claims) {
    return TokenRules.shown(
        claims.getClaims().keySet().stream().sorted().collect(Collectors.joining(", ")));
  }

  /** Returns a hint if the issuer omitted the groups, as Entra does for more than 200 of them. */
  private static String overage(JWTClaimsSet claims) {
    return claims.getClaim("_claim_names") == null && claims.getClaim("hasgroups") == null
        ? ""
        : ". The bearer is in too many groups for the issuer to list them; assign app roles"
            + " instead";
  }

  /**
   * Retries once: of two concurrent creations of one account the later fails, and then finds it.
   */
  private Account account(String subject) {
    try {
      return accounts.outside(subject);
    } catch (EJBException e) {
      return accounts.outside(subject);
    }
  }

  /** Failure to fetch the keys of an outside issuer, so that its tokens cannot be checked. */
  public static class UnknownKeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownKeysException(Exception cause) {
      super("The issuer's keys could not be fetched: " + cause.getMessage(), cause);
    }
  }
}
