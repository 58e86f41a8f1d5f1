package io.maquette.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address a request comes from. */
public final class ClientAddress {

  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Some proxies add the port. */
  private static final Pattern WITH_PORT =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}):\\d{1,5}|\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?");

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** Headers by which proxies name their client. */
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
   * What shows that a request does not come from this machine, or does not mean it.
   *
   * @param header name and value of the header; empty for the connection itself
   */
  public record Elsewhere(Optional<String> header) {}

  private ClientAddress() {}

  /**
   * The address to count and to note. A proxy on this machine is believed, and of what it forwards
   * the last address, which the proxy itself has seen; other clients may send what they like.
   */
  public static String of(HttpServletRequest request) {
    List<String> forwarded = ProxyHeaders.of(request).values(FORWARDED_FOR);
    String address =
        !forwarded.isEmpty() && isLoopback(request.getLocalAddr())
            ? withoutPort(forwarded.get(forwarded.size() - 1))
            : request.getRemoteAddr();
    return LITERAL.matcher(address).matches() ? address : "unknown";
  }

  /** Whether a request comes from this machine and means this machine. */
  public static boolean isThisMachine(HttpServletRequest request) {
    return whyNotThisMachine(request).isEmpty();
  }

  /**
   * Why a request does not come from this machine, or does not mean it. It does if it came by the
   * loopback interface, no header names a client elsewhere, and the hosts it was sent to can be no
   * other machine's. The last keeps out a page whose host's name was made to lead here (DNS
   * rebinding): the browser takes it for one of ours, but {@code Host} has that name, which the
   * page cannot change, whatever other headers it sends.
   *
   * @return empty if it does
   */
  public static Optional<Elsewhere> whyNotThisMachine(HttpServletRequest request) {
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
   * WildFly with {@code proxy-address-forwarding} replaces {@code Host} and the connection's own
   * address by the forwarded host, so that a rebound page could hide its name by that header. A
   * name gives this away, as it is no address of a connection; an address does not. Then only a
   * browser that vouches for the page is believed, which it does for pages of this machine.
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
      return false; // looks like an address, and is none
    }
  }
}
