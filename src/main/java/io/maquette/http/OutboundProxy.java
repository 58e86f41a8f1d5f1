package io.maquette.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * HTTP proxy for outbound connections. The JVM's properties define it: {@code https.proxyHost},
 * {@code https.proxyPort}, {@code http.nonProxyHosts}, and {@code http.proxyHost} for plain http.
 * The variables {@code HTTPS_PROXY} and {@code HTTP_PROXY} are ignored, because the JVM and many
 * libraries ignore them.
 */
public final class OutboundProxy {

  private static final Logger LOG = Logger.getLogger(OutboundProxy.class.getName());

  private OutboundProxy() {}

  /**
   * Returns the proxy for an address.
   *
   * @return the unresolved proxy; empty for a direct connection
   */
  public static Optional<InetSocketAddress> of(URI address) {
    ProxySelector selector = ProxySelector.getDefault();
    List<Proxy> proxies = selector == null ? List.of() : selector.select(address);
    return proxies.stream()
        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
        .map(Proxy::address)
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .findFirst();
  }

  /** Warns if only environment variables name a proxy, because it is not used. */
  public static void warnOfVariables() {
    String variable =
        System.getenv("HTTPS_PROXY") != null
            ? "HTTPS_PROXY"
            : System.getenv("https_proxy") != null ? "https_proxy" : null;
    if (variable != null && System.getProperty("https.proxyHost") == null) {
      LOG.warning(
          () ->
              "The environment variable "
                  + variable
                  + " is set, but the JVM does not use it. To use that proxy, start the server with -Dhttps.proxyHost=… and"
                  + " -Dhttps.proxyPort=…");
    }
  }
}
