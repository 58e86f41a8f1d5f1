package io.maquette.asset;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where connections may lead for others: to hosts the operator names, which may be anything, and to
 * those a provider documents or a user gives, which must be https and have a public address.
 */
public final class AllowedHosts {

  private final List<String> named;

  /** Hosts of providers' own addresses that were fetched from. */
  private final Set<String> own = ConcurrentHashMap.newKeySet();

  /**
   * With the operator's hosts.
   *
   * @param named lower-case names or {@code name:port}
   */
  public AllowedHosts(List<String> named) {
    this.named = named;
  }

  /**
   * Checks an address before a connection is made.
   *
   * @param documented lower-case names; one that begins with a dot stands for all names ending so,
   *     one with a scheme for the origin that the operator has set as the provider's own address,
   *     which may be plain http and a private address
   * @throws ResultFetchException if a file must not be fetched from there
   */
  void check(URI address, Collection<String> documented) throws ResultFetchException {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if ((!scheme.equals("https") && !scheme.equals("http"))
        || address.getHost() == null
        || address.getRawUserInfo() != null) {
      throw new ResultFetchException("the result's address is not a plain https one");
    }
    String host = address.getHost().toLowerCase(Locale.ROOT);
    int usualPort = scheme.equals("https") ? 443 : 80;
    int port = address.getPort() >= 0 ? address.getPort() : usualPort;
    if (isNamed(address, usualPort)) {
      return;
    }
    if (documented.stream().anyMatch(origin -> isOrigin(scheme, host, port, origin))) {
      own.add(host);
      return;
    }
    if (!scheme.equals("https") || port != 443 || documented.stream().noneMatch(d -> is(host, d))) {
      throw new ResultFetchException(
          "results may not be fetched from "
              + scheme
              + "://"
              + host
              + ":"
              + port
              + "; maquette.download.allowed-hosts may name it");
    }
  }

  /**
   * Checks an address that a user gave, before a connection is made: it is https, or a host that is
   * named. Where it leads is checked when the connection is made ({@link CheckedClient}).
   */
  public boolean isAcceptable(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawFragment() != null) {
      return false;
    }
    return scheme.equals("https") || (scheme.equals("http") && isNamed(address, 80));
  }

  private static boolean isOrigin(String scheme, String host, int port, String origin) {
    if (!origin.contains("://")) {
      return false;
    }
    URI own = URI.create(origin);
    int ownPort = own.getPort() >= 0 ? own.getPort() : own.getScheme().equals("https") ? 443 : 80;
    return own.getScheme().equals(scheme)
        && host.equalsIgnoreCase(own.getHost())
        && port == ownPort;
  }

  private boolean isNamed(URI address, int usualPort) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    int port = address.getPort() >= 0 ? address.getPort() : usualPort;
    return named.contains(host) || named.contains(host + ":" + port);
  }

  private static boolean is(String host, String documented) {
    return documented.startsWith(".") ? host.endsWith(documented) : host.equals(documented);
  }

  /** Whether a connection for this host may go to this address. */
  boolean mayBeAt(String host, InetAddress address) {
    String name = host.toLowerCase(Locale.ROOT);
    return isPublic(address)
        || own.contains(name)
        || named.stream()
            .map(entry -> entry.replaceFirst(":[0-9]+$", "").replaceAll("[\\[\\]]", ""))
            .anyMatch(name.replaceAll("[\\[\\]]", "")::equals);
  }

  /** Whether an address is anybody's on the internet, and not this machine's or its network's. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet6Address) {
      // global unicast only (RFC 4291), without what carries an IPv4 address inside: 6to4 and
      // Teredo
      boolean teredo = first == 0x20 && second == 1 && bytes[2] == 0 && bytes[3] == 0;
      return (first & 0xe0) == 0x20 && !teredo && !(first == 0x20 && second == 2);
    }
    // RFC 6890: this network, shared, protocol assignments, benchmarks, reserved
    return first != 0
        && !(first == 100 && (second & 0xc0) == 64)
        && !(first == 192 && second == 0 && bytes[2] == 0)
        && !(first == 198 && (second & 0xfe) == 18)
        && first < 240;
  }
}
