package io.maquette.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Network address of a request's client. */
public final class ClientAddress {

  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Some proxies add the port to the address. */
  private static final Pattern WITH_PORT =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}):\\d{1,5}|\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?");

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** Headers in which proxies name their client. */
  private static final List<String> CLIENTS =
      List.of(
          FORWARDED_FOR,
          "X-Real-IP",
          "X-Client-IP",
          "X-Cluster-Client-IP",
          "True-Client-IP",
          "CF-Connecting-IP",
          "Fastly-Client-IP");

  /**
   * Evidence that a request comes from another machine or addresses another host.
   *
   * @param header name and value of the header; empty for the connection itself
   */
  record Elsewhere(Optional<String> header) {}

  private ClientAddress() {}

  /**
   * Returns the address for limits and logs. A proxy on this machine is trusted. Of the addresses
   * it forwards the last one counts, because the proxy itself has seen it; clients can forge the
   * others.
   */
  public static String of(HttpServletRequest request) {
    List<String> forwarded = ProxyHeaders.of(request).values(FORWARDED_FOR);
    String address =
        !forwarded.isEmpty() && isLoopback(request.getLocalAddr())
            ? withoutPort(forwarded.get(forwarded.size() - 1))
            : request.getRemoteAddr();
    return LITERAL.matcher(address).matches() ? address : "unknown";
  }

  /** Returns whether a request comes from this machine and addresses this machine. */
  public static boolean isThisMachine(HttpServletRequest request) {
    return whyNotThisMachine(request).isEmpty();
  }

  /**
   * Finds the reason why a request does not count as a request from this machine. A request counts
   * as local on three conditions. It uses the loopback interface; no header names a remote client
   * or a further proxy; and every host that it names is a loopback name. The third condition stops
   * DNS rebinding, where a foreign page's host name resolves to this machine. The browser then
   * treats the page as same-origin, but {@code Host} holds the foreign name, which the page cannot
   * change.
   *
   * @return empty if the request is local
   */
  static Optional<Elsewhere> whyNotThisMachine(HttpServletRequest request) {
    if (!isLoopback(request.getLocalAddr()) || !isLoopback(request.getRemoteAddr())) {
      return Optional.of(new Elsewhere(Optional.empty()));
    }
    ProxyHeaders headers = ProxyHeaders.of(request);
    for (String name : CLIENTS) {
      if (!areLoopback(headers.values(name))) {
        return Optional.of(elsewhere(name, headers));
      }
    }
    if (headers.hasUnclearForwarded()
        || !areLoopback(headers.forwarded("for"))
        || !headers.forwarded("host").stream().allMatch(ClientAddress::isOwnHost)) {
      return Optional.of(elsewhere(ProxyHeaders.FORWARDED, headers));
    }
    if (headers.has("Via")) {
      return Optional.of(elsewhere("Via", headers));
    }
    if (!headers.values(ProxyHeaders.HOST).stream().allMatch(ClientAddress::isOwnHost)) {
      return Optional.of(elsewhere(ProxyHeaders.HOST, headers));
    }
    return headers.values(ProxyHeaders.FORWARDED_HOST).stream()
            .allMatch(host -> isOwnHost(host) && !mayHaveReplacedHost(host, headers))
        ? Optional.empty()
        : Optional.of(elsewhere(ProxyHeaders.FORWARDED_HOST, headers));
  }

  private static Elsewhere elsewhere(String name, ProxyHeaders headers) {
    return new Elsewhere(Optional.of(name + ": " + headers.shown(name)));
  }

  private static boolean areLoopback(List<String> addresses) {
    return addresses.stream().map(ClientAddress::withoutPort).allMatch(ClientAddress::isLoopback);
  }

  private static boolean isOwnHost(String host) {
    return HostName.parse(host).filter(HostName::isLoopback).isPresent();
  }

  /**
   * Detects a request whose real {@code Host} a server may have replaced. WildFly with {@code
   * proxy-address-forwarding} replaces {@code Host} and the connection's local address by the
   * forwarded host. A rebound page could hide its name that way. A forwarded name reveals this,
   * because a connection has no name; an address does not. For addresses the request therefore
   * needs a {@code Sec-Fetch-Site} of this site, which only the browser sets.
   */
  private static boolean mayHaveReplacedHost(String forwarded, ProxyHeaders headers) {
    String site = headers.first("Sec-Fetch-Site");
    HostName host = HostName.parse(forwarded).orElseThrow();
    return host.isAddress()
        && headers.values(ProxyHeaders.HOST).stream()
            .flatMap(each -> HostName.parse(each).stream())
            .anyMatch(each -> each.name().equals(host.name()))
        && !("same-origin".equals(site) || "none".equals(site));
  }

  private static String withoutPort(String address) {
    Matcher port = WITH_PORT.matcher(address);
    return !port.matches() ? address : port.group(1) == null ? port.group(2) : port.group(1);
  }

  private static boolean isLoopback(String address) {
    try {
      return LITERAL.matcher(address).matches()
          && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // has the characters of an address but is not one
    }
  }
}
