package io.maquette.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Same-origin check for requests that change something. It keeps pages of other hosts from acting
 * with a user's cookie (cross-site request forgery).
 *
 * <p>Browsers name the requesting page in {@code Origin} and, over https and on localhost, in
 * {@code Sec-Fetch-Site}. The check compares {@code Origin} with the hosts of the request: {@code
 * Host}, and the host and port that a reverse proxy forwards. A page of another host can set none
 * of these headers. Browsers reserve {@code Host}, {@code Origin} and {@code Sec-*}; any other
 * header needs a preflight request, which this application never permits. A forwarded host can
 * therefore be trusted without knowing the proxy. Clients other than browsers can forge the
 * headers, but they have no user's cookie.
 */
public final class RequestOrigin {

  private static final Pattern ORIGIN = Pattern.compile("(?i)(https?)://(.+)");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private static final List<String> SHOWN =
      List.of(
          "Host",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          "Forwarded",
          "Sec-Fetch-Site");

  private RequestOrigin() {}

  /** Returns whether a request comes from a page of this application, or from no page. */
  public static boolean isOwn(HttpServletRequest request) {
    return isOwn(ProxyHeaders.of(request), request.isSecure());
  }

  /**
   * Returns whether a WebSocket handshake comes from a page of this application, or from no page.
   *
   * @param headers the values of a header, by its name
   */
  public static boolean isOwn(Function<String, List<String>> headers) {
    return isOwn(new ProxyHeaders(headers), false);
  }

  static boolean isOwn(ProxyHeaders headers, boolean secure) {
    String fetchSite = headers.first("Sec-Fetch-Site");
    if (fetchSite != null) {
      return fetchSite.equals("same-origin") || fetchSite.equals("none");
    }
    List<String> origins = headers.all().apply("Origin");
    return origins.isEmpty() || (origins.size() == 1 && isOwn(origins.get(0), headers, secure));
  }

  private static boolean isOwn(String origin, ProxyHeaders headers, boolean secure) {
    Matcher form = ORIGIN.matcher(origin.strip());
    Optional<HostName> page =
        form.matches() ? HostName.parse(form.group(2)) : Optional.<HostName>empty();
    if (page.isEmpty()) {
      return false; // for example "null", the origin of a file or of a sandboxed frame
    }
    boolean pageIsSecure = form.group(1).equalsIgnoreCase("https");
    HostName known =
        page.get().port() < 0
            ? new HostName(page.get().name(), pageIsSecure ? HTTPS : HTTP)
            : page.get();
    boolean browserUsesHttps = secure || headers.sayHttps();
    return headers.hosts().stream()
        .flatMap(host -> HostName.parse(host).stream())
        .filter(host -> host.name().equals(known.name()))
        .anyMatch(
            host ->
                isPort(host.port(), known.port(), pageIsSecure, browserUsesHttps)
                    || isForwardedPort(headers, known.port()));
  }

  /**
   * Compares ports; a missing port is the scheme's, because a proxy that ends TLS may not report
   * it.
   */
  private static boolean isPort(
      int port, int pagePort, boolean pageIsSecure, boolean browserUsesHttps) {
    if (port == pagePort) {
      return true;
    }
    // the proxy added its own port to the browser's host
    boolean isTheProxys = port == HTTP && browserUsesHttps;
    return (port < 0 || isTheProxys)
        && (pageIsSecure ? pagePort == HTTPS : pagePort == HTTP && !browserUsesHttps);
  }

  private static boolean isForwardedPort(ProxyHeaders headers, int pagePort) {
    return headers.values("X-Forwarded-Port").contains(Integer.toString(pagePort));
  }

  /** Returns whether the browser uses https, according to the server or a proxy. */
  public static boolean usesHttps(HttpServletRequest request) {
    return request.isSecure() || ProxyHeaders.of(request).sayHttps();
  }

  /** Returns the page's origin, for a message. */
  public static String shown(HttpServletRequest request) {
    ProxyHeaders headers = ProxyHeaders.of(request);
    return headers.has("Origin") ? headers.shown("Origin") : "?";
  }

  /** Returns the headers that name the request's host, for a message. */
  public static String hostShown(HttpServletRequest request) {
    return ProxyHeaders.of(request).shown(SHOWN);
  }
}
