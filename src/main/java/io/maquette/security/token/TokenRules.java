package io.maquette.security.token;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules for the claims of a token with a valid signature: issuer, audience, times and subject. A
 * refusal names the claim, so that an operator can correct the issuer or the settings.
 */
final class TokenRules implements JWTClaimsSetVerifier<SecurityContext> {

  /** Maximum length of an account name, {@code issuer|subject}, in characters. */
  private static final int MAX_NAME = 400;

  /** Spaces of any kind, and invisible characters. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{C}\\s]*");

  private static final int MAX_SHOWN = 200;

  private final String issuer;
  private final List<String> audiences;
  private final Duration skew;
  private final Clock clock;

  TokenRules(Settings settings, Clock clock) {
    issuer = withoutSlash(settings.get(Setting.JWT_ISSUER));
    audiences = settings.get(Setting.JWT_AUDIENCES);
    skew = Duration.ofSeconds(settings.get(Setting.JWT_SKEW));
    this.clock = clock;
  }

  /** Returns the name of the caller's account. */
  static String accountName(JWTClaimsSet claims) {
    return claims.getIssuer() + "|" + claims.getSubject();
  }

  @Override
  public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
    checkNothingIsMissing(claims);
    checkIssuer(claims.getIssuer());
    checkAudience(claims);
    checkTimes(claims);
    checkSubject(claims);
  }

  private static void checkNothingIsMissing(JWTClaimsSet claims) throws RefusedTokenException {
    for (String name : List.of("iss", "sub", "iat", "exp")) {
      if (claims.getClaim(name) == null) {
        throw new RefusedTokenException("missing " + name, "it has no claim \"" + name + "\"");
      }
    }
  }

  /**
   * Checks the issuer. A trailing slash is ignored: settings and tokens differ in it most often.
   */
  private void checkIssuer(String actual) throws RefusedTokenException {
    if (!withoutSlash(actual).equals(issuer)) {
      throw new RefusedTokenException(
          "iss", "its issuer (iss) is " + shown(actual) + ", not that of mp.jwt.verify.issuer");
    }
  }

  private static String withoutSlash(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }

  /**
   * Checks the audience. Access tokens of Cognito have no {@code aud}, but name their client in
   * {@code client_id}; OpenID Connect's {@code azp} has the same meaning.
   */
  private void checkAudience(JWTClaimsSet claims) throws RefusedTokenException {
    if (audiences.isEmpty()) {
      return;
    }
    List<String> named = claims.getAudience();
    boolean isFromClient = named.isEmpty();
    if (isFromClient) {
      named =
          Stream.of(claims.getClaim("client_id"), claims.getClaim("azp"))
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .toList();
    }
    if (named.stream().noneMatch(audiences::contains)) {
      throw new RefusedTokenException(
          "aud",
          named.isEmpty()
              ? "it has no audience (aud), which mp.jwt.verify.audiences requires"
              : "its audience ("
                  + (isFromClient ? "client_id, azp" : "aud")
                  + ") is "
                  + shown(String.join(", ", named))
                  + ", which mp.jwt.verify.audiences does not contain");
    }
  }

  private void checkTimes(JWTClaimsSet claims) throws RefusedTokenException {
    Instant now = clock.instant();
    Instant end = claims.getExpirationTime().toInstant();
    if (!now.minus(skew).isBefore(end)) {
      throw new RefusedTokenException("exp", "it expired (exp) at " + end);
    }
    Date begin = claims.getNotBeforeTime();
    if (begin != null && begin.toInstant().isAfter(now.plus(skew))) {
      throw new RefusedTokenException(
          "nbf",
          "it is not valid before (nbf) "
              + begin.toInstant()
              + ", more than mp.jwt.verify.clock.skew ahead of the database's clock");
    }
  }

  private static void checkSubject(JWTClaimsSet claims) throws RefusedTokenException {
    String subject = claims.getSubject();
    if (INVISIBLE.matcher(subject).matches()) {
      throw new RefusedTokenException("blank sub", "its subject (sub) is empty");
    }
    if (accountName(claims).length() > MAX_NAME) {
      throw new RefusedTokenException(
          "long sub", "its subject (sub) is too long: " + subject.length() + " characters");
    }
    if (subject.chars().anyMatch(Character::isISOControl)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(subject)) {
      throw new RefusedTokenException(
          "bad sub", "its subject (sub) has characters that a name must not have");
    }
  }

  /**
   * Names the claims that have another type than JWT defines. One such claim makes the whole token
   * unreadable.
   */
  static String malformed(Map<String, Object> claims) {
    List<String> wrong = new ArrayList<>();
    for (String name : List.of("iss", "jti")) {
      if (claims.get(name) != null && !(claims.get(name) instanceof String)) {
        wrong.add(name);
      }
    }
    Object subject = claims.get("sub"); // a number is read as text
    if (subject != null && !(subject instanceof String) && !(subject instanceof Number)) {
      wrong.add("sub");
    }
    for (String name : List.of("iat", "exp", "nbf")) {
      if (claims.get(name) != null && !(claims.get(name) instanceof Number)) {
        wrong.add(name);
      }
    }
    Object audience = claims.get("aud");
    boolean isListOfTexts =
        audience instanceof Collection<?> several
            && several.stream().allMatch(String.class::isInstance);
    if (audience != null && !(audience instanceof String) && !isListOfTexts) {
      wrong.add("aud");
    }
    return String.join(", ", wrong);
  }

  /** Returns a token's value for a log line: at most 200 characters, on one line. */
  static String shown(String value) {
    String line = value.replaceAll("\\p{C}", "?");
    return '"' + (line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line) + '"';
  }

  /** Refusal of a token whose signature is valid but whose claims break a rule. */
  static class RefusedTokenException extends BadJWTException {
    private static final long serialVersionUID = 1L;

    private final String cause;

    /**
     * Creates the exception.
     *
     * @param cause key of the log throttle; one of a small, fixed set
     * @param message what is wrong with the token, for operators; without the token itself
     */
    RefusedTokenException(String cause, String message) {
      super(message);
      this.cause = cause;
    }

    String causeOfRefusal() {
      return cause;
    }
  }
}
