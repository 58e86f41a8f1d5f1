package io.maquette.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tokens of one outside issuer, by the settings of MicroProfile JWT: signed, by whom and for whom
 * they should be, and neither too old nor too new. Whoever comes with one for the first time is
 * given an account. Who is in the group {@code operator} is one for as long as the token says so.
 */
@ApplicationScoped
public class OutsideTokens {

  private static final Logger LOG = Logger.getLogger(OutsideTokens.class.getName());
  private static final int MAX_SUBJECT = 400;

  private Settings settings;
  private Accounts accounts;
  private JWTProcessor<SecurityContext> processor;

  /** For CDI. */
  protected OutsideTokens() {}

  @Inject
  OutsideTokens(Settings settings, Accounts accounts) {
    this.settings = settings;
    this.accounts = accounts;
  }

  /** Reads the key where it stands in the settings; one that cannot be read stops the start. */
  @PostConstruct
  void prepare() {
    IssuerKeys.of(settings)
        .ifPresent(
            keys -> {
              DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
              made.setJWSTypeVerifier(
                  new DefaultJOSEObjectTypeVerifier<>(
                      JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
              made.setJWSKeySelector(
                  new JWSVerificationKeySelector<>(
                      JWSAlgorithm.parse(settings.get(Setting.JWT_ALGORITHM)), keys));
              made.setJWTClaimsSetVerifier(claims());
              processor = made;
            });
  }

  private DefaultJWTClaimsVerifier<SecurityContext> claims() {
    List<String> audiences = settings.get(Setting.JWT_AUDIENCES);
    DefaultJWTClaimsVerifier<SecurityContext> verifier =
        new DefaultJWTClaimsVerifier<>(
            audiences.isEmpty() ? null : new HashSet<>(audiences),
            new JWTClaimsSet.Builder().issuer(settings.get(Setting.JWT_ISSUER)).build(),
            Set.of("sub", "exp", "iat"),
            Set.of());
    verifier.setMaxClockSkew(settings.get(Setting.JWT_SKEW));
    return verifier;
  }

  /** Whether there is an issuer. */
  boolean areTaken() {
    return processor != null;
  }

  /**
   * Who calls with a token; empty if it is not good, or there is no issuer.
   *
   * @throws UnknownKeysException if the issuer's keys could not be fetched
   */
  Optional<Caller> find(String token) {
    if (processor == null) {
      return Optional.empty();
    }
    try {
      return find(processor.process(token, null));
    } catch (KeySourceException e) {
      throw new UnknownKeysException(e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      LOG.log(Level.FINE, "A token is not good", e);
      return Optional.empty();
    }
  }

  private Optional<Caller> find(JWTClaimsSet claims) throws ParseException {
    String subject = claims.getIssuer() + "|" + claims.getSubject();
    if (subject.length() > MAX_SUBJECT) {
      return Optional.empty();
    }
    Account account = account(subject);
    if (account.isDisabled()) {
      return Optional.empty();
    }
    Caller caller = Caller.of(account, Scope.ALL, Caller.Credential.TOKEN);
    List<String> groups = claims.getStringListClaim("groups");
    return Optional.of(
        groups != null && groups.contains(Role.OPERATOR.group()) ? caller.asOperator() : caller);
  }

  /** Of two that make the same one at the same moment one fails, and finds the other's. */
  private Account account(String subject) {
    try {
      return accounts.outside(subject);
    } catch (EJBException e) {
      return accounts.outside(subject);
    }
  }
}
