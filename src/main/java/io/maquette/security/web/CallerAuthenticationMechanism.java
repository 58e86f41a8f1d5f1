package io.maquette.security.web;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.security.ApiKey;
import io.maquette.security.ApiKeys;
import io.maquette.security.Caller;
import io.maquette.security.ClientAddress;
import io.maquette.security.CurrentUser;
import io.maquette.security.Identity;
import io.maquette.security.Sessions;
import io.maquette.security.token.ExternalTokens;
import io.maquette.telemetry.LogThrottle;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Authentication of every request: page, API, event stream or WebSocket. It refuses no request.
 * Authorisation follows where an action runs ({@link CurrentUser}, and the filters of this
 * package).
 */
@ApplicationScoped
public class CallerAuthenticationMechanism implements HttpAuthenticationMechanism {

  /** Name of the session cookie. */
  static final String COOKIE = "maquette-session";

  private static final Logger LOG = Logger.getLogger(CallerAuthenticationMechanism.class.getName());

  /** Token length as servers limit headers: Payara 8 KiB, WildFly more. */
  private static final Pattern BEARER =
      Pattern.compile("\\s*bearer\\s+(\\S{1,16000})\\s*", Pattern.CASE_INSENSITIVE);

  private static final Pattern ANY_BEARER =
      Pattern.compile("\\s*bearer(\\s.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final LogThrottle throttle = new LogThrottle();

  private Sessions sessions;
  private ApiKeys keys;
  private ExternalTokens tokens;
  private Settings settings;

  /** Required by CDI. */
  protected CallerAuthenticationMechanism() {}

  @Inject
  CallerAuthenticationMechanism(
      Sessions sessions, ApiKeys keys, ExternalTokens tokens, Settings settings) {
    this.sessions = sessions;
    this.keys = keys;
    this.tokens = tokens;
    this.settings = settings;
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    Identity identity;
    try {
      identity = identify(request);
    } catch (ExternalTokens.UnknownKeysException e) {
      throttle
          .permit("keys")
          .ifPresent(
              leftOut ->
                  LOG.log(
                      Level.WARNING,
                      "A token cannot be checked and is answered with 503: {0}{1}",
                      new Object[] {e.getMessage(), LogThrottle.suffix(leftOut)}));
      identity = Identity.UNKNOWN;
    } catch (EJBException e) {
      if (throttle.permit("database").isPresent()) {
        LOG.log(Level.WARNING, "The caller of a request cannot be determined", e);
      }
      identity = Identity.UNKNOWN;
    }
    identity.attachTo(request);
    Caller caller = identity.caller();
    return caller == null
        ? context.doNothing()
        : context.notifyContainerAboutLogin(caller.owner(), Set.of(caller.role().group()));
  }

  private Identity identify(HttpServletRequest request) {
    boolean development = settings.get(Setting.AUTH).equals("dev");
    if (development
        && !settings.get(Setting.AUTH_DEV_REMOTE)
        && !ClientAddress.isThisMachine(request)) {
      return Identity.REMOTE;
    }
    String authorization = request.getHeader("Authorization");
    boolean hasBearer = authorization != null && ANY_BEARER.matcher(authorization).matches();
    Optional<Caller> caller =
        hasBearer ? ofBearer(authorization) : sessionOf(request).flatMap(sessions::find);
    if (!development) {
      return caller.map(Identity::of).orElse(Identity.NOBODY);
    }
    return hasBearer && caller.isEmpty()
        ? Identity.NOBODY
        : Identity.of(caller.map(Caller::inDevelopment).orElse(Caller.DEVELOPMENT));
  }

  /**
   * Finds the caller of a bearer credential; a token that is too long or malformed has no caller.
   */
  private Optional<Caller> ofBearer(String authorization) {
    Matcher bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      return Optional.empty();
    }
    String token = bearer.group(1);
    return ApiKey.isLike(token) ? keys.find(token) : tokens.find(token);
  }

  /** Returns the session token of a request's cookie; empty if there is none. */
  static Optional<String> sessionOf(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE) && cookie.getValue().length() <= 100) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }
}
