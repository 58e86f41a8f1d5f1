package io.maquette.storage;

import io.maquette.config.AddressRange;
import io.maquette.storage.ResultFetchException.Reason;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Allow list of hosts for connections to addresses that providers and users supply. Hosts that the
 * operator names may have any address. Hosts that a provider documents or a user gives must use
 * https and have a public address.
 */
public final class AllowedHosts {

  private static final int LONGEST_HOST = 253;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final List<String> named;
  private final List<String> namedFamilies;
  private final List<AddressRange> fakeIp;
  private final String setting;

  /** Hosts with ports of providers' own addresses, from which files were fetched. */
  private final Set<String> own = ConcurrentHashMap.newKeySet();

  /**
   * Creates the list with the operator's hosts.
   *
   * @param named lower-case names or {@code name:port}; {@code *.name} matches all names with that
   *     ending, which must still use https and be public
   * @param fakeIp ranges from which this network's proxy software hands out addresses; connections
   *     to them are allowed although they are not public; empty without such software
   * @param setting the setting that names hosts, for messages
   */
  public AllowedHosts(List<String> named, List<AddressRange> fakeIp, String setting) {
    this.named = named.stream().filter(host -> !host.startsWith("*.")).toList();
    this.namedFamilies = named.stream().filter(host -> host.startsWith("*.")).toList();
    this.fakeIp = List.copyOf(fakeIp);
    this.setting = setting;
  }

  /**
   * Checks an address before a connection is made.
   *
   * @param documented lower-case names. A name with a leading dot matches all names with that
   *     ending; {@code *} matches letters, digits and hyphens within one label. An entry with a
   *     scheme is the origin that the operator set as the provider's own address, which may be
   *     plain http and private
   * @throws ResultFetchException if a file must not be fetched from there
   */
  void check(URI address, Collection<String> documented) throws ResultFetchException {
    String scheme = schemeOf(address);
    if (!isPlain(address)) {
      throw new ResultFetchException(
          Reason.HOST_NOT_ALLOWED, "the result's address is not a valid https address", null);
    }
    String host = address.getHost().toLowerCase(Locale.ROOT);
    if (isNamed(address)) {
      return;
    }
    int port = portOf(address);
    if (documented.stream().anyMatch(origin -> isOrigin(scheme, host, port, origin))) {
      own.add(bare(host) + ":" + port);
      return;
    }
    if (!scheme.equals("https") || port != 443 || !isKnown(host, documented)) {
      throw new ResultFetchException(
          Reason.HOST_NOT_ALLOWED,
          "results must not be downloaded from "
              + scheme
              + "://"
              + host
              + ":"
              + port
              + ": add "
              + host
              + " to "
              + setting
              + " if the provider stores results there",
          null);
    }
  }

  private boolean isKnown(String host, Collection<String> documented) {
    return documented.stream().anyMatch(entry -> is(host, entry))
        || namedFamilies.stream().anyMatch(entry -> is(host, entry.substring(1)));
  }

  /**
   * Replaces plain http at the default port by https. All hosts that providers document support
   * https, but some providers give http addresses.
   *
   * @param documented same as in {@link #check}
   */
  URI secured(URI address, Collection<String> documented) {
    return schemeOf(address).equals("http")
            && isPlain(address)
            && portOf(address) == 80
            && !isNamed(address)
            && isKnown(address.getHost().toLowerCase(Locale.ROOT), documented)
        ? URI.create("https://" + address.getHost() + rest(address))
        : address;
  }

  private static String rest(URI address) {
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return (address.getRawPath() == null ? "" : address.getRawPath()) + query;
  }

  /**
   * Checks an address from a user before a connection is made. It must use https or a named host,
   * its host and port must be usable, and an IP address in it must be public. {@link CheckedClient}
   * checks the address that a name resolves to.
   */
  public boolean isAcceptable(URI address) {
    if (!isPlain(address) || address.getRawFragment() != null) {
      return false;
    }
    if (isNamed(address)) {
      return true;
    }
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return schemeOf(address).equals("https")
        && !isLocalName(host)
        && literal(host).map(AllowedHosts::isPublic).orElse(true);
  }

  /** Returns whether a name always means this machine (RFC 6761). */
  private static boolean isLocalName(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  /** Returns the literal IP address of a host; empty for a name, which is not resolved here. */
  private static Optional<InetAddress> literal(String host) {
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (!host.startsWith("[") && !IPV4.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.of(InetAddress.getLoopbackAddress()); // 999.1.1.1 is no valid address
    }
  }

  /** Returns whether scheme, host and port are usable and contain nothing deceptive. */
  private static boolean isPlain(URI address) {
    String scheme = schemeOf(address);
    return (scheme.equals("https") || scheme.equals("http"))
        && address.getHost() != null
        && address.getHost().length() <= LONGEST_HOST
        && address.getHost().indexOf('%') < 0 // the zone of an IPv6 address
        && address.getRawUserInfo() == null
        && portOf(address) > 0
        && portOf(address) <= HIGHEST_PORT;
  }

  private static String schemeOf(URI address) {
    return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static int portOf(URI address) {
    int usual = schemeOf(address).equals("https") ? 443 : 80;
    return address.getPort() >= 0 ? address.getPort() : usual;
  }

  private static boolean isOrigin(String scheme, String host, int port, String origin) {
    if (!origin.contains("://")) {
      return false;
    }
    URI own = URI.create(origin);
    return own.getScheme().equals(scheme)
        && host.equalsIgnoreCase(own.getHost())
        && port == portOf(own);
  }

  private boolean isNamed(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return named.contains(host) || named.contains(host + ":" + portOf(address));
  }

  private static boolean is(String host, String documented) {
    if (documented.startsWith(".")) {
      return host.endsWith(documented);
    }
    return documented.indexOf('*') < 0
        ? host.equals(documented)
        : host.matches(documented.replace(".", "\\.").replace("*", "[a-z0-9-]+"));
  }

  /**
   * Checks the resolved address of a host before a connection is made.
   *
   * @throws ForbiddenAddressException if no connection may be made for this host to this address
   */
  void checkAddress(String host, int port, InetAddress address) throws ForbiddenAddressException {
    if (mayBeAt(host, port, address)) {
      return;
    }
    String where = host + " resolves to " + address.getHostAddress();
    Optional<AddressRange> fake =
        AddressRange.FAKE_IP.stream().filter(range -> range.contains(address)).findFirst();
    if (fake.isEmpty()) {
      throw new ForbiddenAddressException(
          Reason.NOT_PUBLIC, where + ", which is not a public address");
    }
    throw new ForbiddenAddressException(
        Reason.FAKE_IP,
        where
            + ", an address that proxy software uses in fake-IP"
            + " mode (Clash, mihomo, sing-box, Surge): "
            + (isOfResults()
                ? "set maquette.download.fake-ip=" + fake.get()
                : "add " + host + " to " + setting)
            + ", or configure the proxy software to resolve "
            + host
            + " (fake-ip-filter)");
  }

  /**
   * Checks this machine's resolved address of a host to which the HTTP proxy will connect by name.
   * A result's host may resolve to an address that proxy software hands out in fake-ip mode. Such
   * an address does not show where the proxy connects to, but providers document these hosts. Users
   * choose the hosts of webhooks, so fake addresses are refused there.
   *
   * @throws ForbiddenAddressException if the proxy must not be asked for this host
   */
  void checkBehindProxy(String host, int port, InetAddress address)
      throws ForbiddenAddressException {
    boolean isPlaceholder =
        isOfResults() && AddressRange.FAKE_IP.stream().anyMatch(range -> range.contains(address));
    if (!isPlaceholder) {
      checkAddress(host, port, address);
    }
  }

  private boolean isOfResults() {
    return setting.startsWith("maquette.download");
  }

  /** Returns whether a connection failed because the host has no public address. */
  public static boolean isForbiddenAddress(Throwable failure) {
    return failure instanceof ForbiddenAddressException;
  }

  /** Returns whether a connection failed for a reason that the operator can fix with a setting. */
  public static boolean isForOperator(Throwable failure) {
    return failure instanceof CheckedClient.ProxyRefusedException
        || (failure instanceof ForbiddenAddressException forbidden
            && forbidden.reason() == Reason.FAKE_IP);
  }

  private static String bare(String host) {
    return host.replaceAll("[\\[\\]]", "");
  }

  /** Returns whether a connection for this host and port may go to this address. */
  boolean mayBeAt(String host, int port, InetAddress address) {
    String name = host.toLowerCase(Locale.ROOT);
    return isPublic(address)
        || own.contains(bare(name) + ":" + port)
        || fakeIp.stream().anyMatch(range -> range.contains(address))
        || named.stream()
            .map(entry -> bare(entry.replaceFirst(":[0-9]+$", "")))
            .anyMatch(bare(name)::equals);
  }

  /** Returns whether an address is public, i.e. not of this machine or its network. */
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
      // Teredo; and without benchmarking (RFC 5180)
      boolean assigned = first == 0x20 && second == 1 && bytes[2] == 0;
      boolean teredo = assigned && bytes[3] == 0;
      boolean benchmarking = assigned && bytes[3] == 2 && bytes[4] == 0 && bytes[5] == 0;
      return (first & 0xe0) == 0x20 && !teredo && !benchmarking && !(first == 0x20 && second == 2);
    }
    // RFC 6890: this network, shared, protocol assignments, benchmarks, reserved
    return first != 0
        && !(first == 100 && (second & 0xc0) == 64)
        && !(first == 192 && second == 0 && bytes[2] == 0)
        && !(first == 198 && (second & 0xfe) == 18)
        && first < 240;
  }

  /** Failure to connect to a host, because it resolves to a forbidden address. */
  static final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    private final ResultFetchException.Reason reason;

    ForbiddenAddressException(ResultFetchException.Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    ResultFetchException.Reason reason() {
      return reason;
    }
  }
}
