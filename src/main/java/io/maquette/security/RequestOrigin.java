package io.maquette.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Same-origin check: whether the page that had a browser send a request is one of ours. It keeps
 * pages of other hosts from changing anything by a user's cookie (cross-site request forgery).
 *
 * <p>Browsers say which page asks: by {@code Sec-Fetch-Site}, over https and on localhost, and by
 * {@code Origin}. {@code Origin} is compared with the hosts that the request was sent to: {@code
 * Host}, and what a reverse proxy says of the host and port that the browser used. A page of
 * another host can set none of these headers: browsers keep {@code Host}, {@code Origin} and {@code
 * Sec-*} to themselves, and ask by a preflight request before they send any other header, which is
 * never allowed here. So a forwarded host is believed without knowing the proxy. Other clients may
 * send what they like; they have no user's cookie.
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

  /** Whether a request comes from one of our pages, or from none. */
  public static boolean isOwn(HttpServletRequest request) {
    return isOwn(ProxyHeaders.of(request), request.isSecure());
  }

  /**
   * Whether the request that opens a WebSocket comes from one of our pages, or from none.
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
      return false; // "null", say: of a file, or of a frame that may do nothing
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

  /** Without a port it is the scheme's, which a proxy that ends TLS need not have told us. */
  private static boolean isPort(
      int port, int pagePort, boolean pageIsSecure, boolean browserUsesHttps) {
    if (port == pagePort) {
      return true;
    }
    boolean isTheProxys = port == HTTP && browserUsesHttps; // its own, added to the browser's host
    return (port < 0 || isTheProxys)
        && (pageIsSecure ? pagePort == HTTPS : pagePort == HTTP && !browserUsesHttps);
  }

  private static boolean isForwardedPort(ProxyHeaders headers, int pagePort) {
    return headers.values("X-Forwarded-Port").contains(Integer.toString(pagePort));
  }

  /** Whether the browser came by https, as far as the server or a proxy says. */
  public static boolean usesHttps(HttpServletRequest request) {
    return request.isSecure() || ProxyHeaders.of(request).sayHttps();
  }

  /** The page's origin as the request has it, for a message. */
  public static String shown(HttpServletRequest request) {
    ProxyHeaders headers = ProxyHeaders.of(request);
    return headers.has("Origin") ? headers.shown("Origin") : "?";
  }

  /** What the request says of the host it was sent to, for a message. */
  public static String hostShown(HttpServletRequest request) {
    return ProxyHeaders.of(request).shown(SHOWN);
  }
}
