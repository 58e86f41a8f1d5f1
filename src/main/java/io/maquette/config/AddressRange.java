package io.maquette.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Range of IP addresses in CIDR notation.
 *
 * @param text the range as written in the setting
 * @param network its first address
 * @param prefix number of leading bits that all its addresses share
 */
public record AddressRange(String text, InetAddress network, int prefix) {

  private static final String LITERAL = "[0-9.]{7,15}|[0-9A-Fa-f:]{2,39}";

  /**
   * Default ranges from which proxy software hands out addresses in fake-ip mode. Clash, mihomo,
   * sing-box and Surge use 198.18.0.0/15. For IPv6, sing-box uses fc00::/18, mihomo
   * fdfe:dcba:9876::/64 and Clash Verge 2001:2::/64. None of them is in use on the internet (RFC
   * 2544, RFC 5180, RFC 4193).
   */
  public static final List<AddressRange> FAKE_IP =
      List.of(of("198.18.0.0/15"), of("fc00::/18"), of("fdfe:dcba:9876::/64"), of("2001:2::/48"));

  /** Networks that a range of fake addresses must be in: no private network uses them. */
  private static final List<AddressRange> FAKE_IP_ROOM =
      List.of(of("198.18.0.0/15"), of("fc00::/7"), of("2001:2::/48"));

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AddressRange of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0
        || !text.substring(0, slash).matches(LITERAL)
        || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("no range in CIDR notation");
    }
    try {
      // a literal address, so there is no DNS lookup
      InetAddress network = InetAddress.getByName(text.substring(0, slash));
      int prefix = Integer.parseInt(text.substring(slash + 1));
      if (prefix > network.getAddress().length * 8) {
        throw new IllegalArgumentException("the prefix is too long");
      }
      return new AddressRange(text, network, prefix);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address", e);
    }
  }

  /**
   * Reads a range of fake addresses.
   *
   * @throws IllegalArgumentException if it is none, or if it reaches beyond the networks that are
   *     free for fake addresses
   */
  public static AddressRange ofFakeIp(String text) {
    AddressRange range = of(text);
    if (FAKE_IP_ROOM.stream()
        .noneMatch(room -> room.contains(range.network) && range.prefix >= room.prefix)) {
      throw new IllegalArgumentException("not a range for fake addresses");
    }
    return range;
  }

  /** Returns whether an address is in the range. */
  public boolean contains(InetAddress address) {
    byte[] one = network.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
