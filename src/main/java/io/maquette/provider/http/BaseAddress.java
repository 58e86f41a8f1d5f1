package io.maquette.provider.http;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Base address of a provider as operators paste it: with or without the version, with a trailing
 * slash, or with an endpoint's path.
 */
public final class BaseAddress {

  /** {@code v1}, {@code v3}, {@code v1beta}, {@code v1alpha2}. */
  private static final Pattern VERSION = Pattern.compile("v[0-9]+([a-z]+[0-9]*)?");

  private BaseAddress() {}

  /**
   * Normalises the address of an interface with the version in the address, such as OpenAI's. A
   * path with a version, or of an Azure deployment, stays unchanged; otherwise {@code /v1} is
   * added.
   *
   * @param endpoints paths of the interface, as regular expressions; one at the end is cut off, and
   *     the rest stays unchanged
   */
  public static URI versioned(URI address, String... endpoints) {
    String path = trimmed(address.getRawPath());
    String base = without(path, endpoints);
    boolean isComplete =
        !base.equals(path) || hasVersion(base) || base.matches(".*/deployments/[^/]+");
    return with(address, isComplete ? base : base + "/v1");
  }

  /**
   * Normalises the address of an interface whose paths contain their version.
   *
   * @param endpoints paths of the interface, as regular expressions; one at the end is cut off
   */
  public static URI plain(URI address, String... endpoints) {
    return with(address, without(trimmed(address.getRawPath()), endpoints));
  }

  private static String trimmed(String path) {
    return path == null ? "" : path.replaceAll("/+$", "");
  }

  private static String without(String path, String... endpoints) {
    for (String endpoint : endpoints) {
      String base = path.replaceFirst("/" + endpoint + "$", "");
      if (!base.equals(path)) {
        return trimmed(base);
      }
    }
    return path;
  }

  private static boolean hasVersion(String path) {
    for (String segment : path.split("/", -1)) {
      if (VERSION.matcher(segment).matches()) {
        return true;
      }
    }
    return false;
  }

  private static URI with(URI address, String path) {
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return URI.create(address.getScheme() + "://" + address.getRawAuthority() + path + query);
  }

  /** Returns host and port; without a port in the address, that of the scheme. */
  static String hostAndPort(URI address) {
    int standard = address.getScheme().equals("https") ? 443 : 80;
    return address.getHost() + ":" + (address.getPort() < 0 ? standard : address.getPort());
  }

  /** Returns the address without its query. */
  static URI withoutQuery(URI address) {
    return URI.create(address.toString().replaceFirst("\\?.*", ""));
  }
}
