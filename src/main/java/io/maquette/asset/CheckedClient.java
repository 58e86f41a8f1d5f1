package io.maquette.asset;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * A client for addresses that others gave us: the address that a name resolves to is checked when
 * the connection is made, and no redirection is followed.
 */
public final class CheckedClient {

  private static final Timeout CONNECT = Timeout.ofSeconds(5);

  private CheckedClient() {}

  /**
   * Opens one; whoever does closes it.
   *
   * @param silence how long a receiver may say nothing
   * @param atOnce how many connections there may be
   */
  public static CloseableHttpClient open(AllowedHosts hosts, Timeout silence, int atOnce) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(
                    new SystemDefaultDnsResolver() {
                      @Override
                      public InetAddress[] resolve(String host) throws UnknownHostException {
                        return checked(hosts, host, super.resolve(host));
                      }
                    })
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(silence)
                        .build())
                .setMaxConnTotal(atOnce)
                .setMaxConnPerRoute(atOnce)
                .build())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("Maquette")
        .build();
  }

  private static InetAddress[] checked(AllowedHosts hosts, String host, InetAddress[] addresses)
      throws UnknownHostException {
    for (InetAddress address : addresses) {
      if (!hosts.mayBeAt(host, address)) {
        throw new UnknownHostException(host + " is not at a public address");
      }
    }
    return addresses;
  }
}
