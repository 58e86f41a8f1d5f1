package io.maquette.provider.http;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * The base address of a provider, as operators paste it: with or without the version, with a slash
 * at the end, or with the whole path of an endpoint.
 */
public final class BaseAddress {

  /** {@code v1}, {@code v3}, {@code v1beta}, {@code v1alpha2}. */
  private static final Pattern VERSION = Pattern.compile("v[0-9]+([a-z]+[0-9]*)?");

  private BaseAddress() {}

  /**
   * The address of an interface whose version is part of the address, as OpenAI's is. A path that
   * has a version, or leads to a deployment at Azure, is taken as it is; else {@code /v1} is added.
   *
   * @param endpoints paths of the interface, as regular expressions; one at the end is cut off, and
   *     what is before it taken as it is
   */
  public static URI versioned(URI address, String... endpoints) {
    String path = trimmed(address.getRawPath());
    String base = without(path, endpoints);
    boolean isComplete =
        !base.equals(path) || hasVersion(base) || base.matches(".*/deployments/[^/]+");
    return with(address, isComplete ? base : base + "/v1");
  }

  /**
   * The address of an interface whose paths have their version themselves.
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

  /** Returns host and port; the port is the scheme's if the address names none. */
  static String hostAndPort(URI address) {
    int standard = address.getScheme().equals("https") ? 443 : 80;
    return address.getHost() + ":" + (address.getPort() < 0 ? standard : address.getPort());
  }

  /** The same address without its query. */
  static URI withoutQuery(URI address) {
    return URI.create(address.toString().replaceFirst("\\?.*", ""));
  }
}
