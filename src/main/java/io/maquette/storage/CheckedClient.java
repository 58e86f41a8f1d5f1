package io.maquette.storage;

import io.maquette.http.OutboundProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.SystemDefaultCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP client for addresses from providers and users. It checks the address that a name resolves to
 * when it connects, and follows no redirects. Connections use the JVM's HTTP proxy, if it has one
 * for the host. The proxy then resolves the name, and this client checks the addresses that this
 * machine knows for it.
 */
public final class CheckedClient {

  private static final Logger LOG = Logger.getLogger(CheckedClient.class.getName());
  private static final Timeout CONNECT = Timeout.ofSeconds(5);

  /** Attribute of a request's context, set once the request goes to the host itself. */
  private static final String SENT = "maquette.sent";

  private CheckedClient() {}

  /**
   * Opens a client; the caller closes it.
   *
   * @param silence maximum time without data from the receiver
   * @param atOnce maximum number of connections
   */
  static CloseableHttpClient open(AllowedHosts hosts, Timeout silence, int atOnce) {
    return open(hosts, silence, atOnce, SystemDefaultDnsResolver.INSTANCE);
  }

  /**
   * Opens a client with a resolver; the caller closes it.
   *
   * @param names resolves the names of hosts, but not that of the proxy
   */
  public static CloseableHttpClient open(
      AllowedHosts hosts, Timeout silence, int atOnce, DnsResolver names) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedNames(hosts, names))
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(silence)
                        .build())
                .setMaxConnTotal(atOnce)
                .setMaxConnPerRoute(atOnce)
                .build())
        .setRoutePlanner(new ProxyRoutes(hosts, names))
        .addExecInterceptorBefore(
            ChainElement.MAIN_TRANSPORT.name(),
            SENT,
            (request, scope, chain) -> {
              scope.clientContext.setAttribute(SENT, true);
              return chain.proceed(request, scope);
            })
        .setDefaultCredentialsProvider(new SystemDefaultCredentialsProvider())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("Maquette")
        .build();
  }

  /**
   * Sends a request.
   *
   * @return the host's response; the caller closes it
   * @throws ProxyRefusedException if the HTTP proxy answered instead; the client library returns
   *     that like a response of the host
   */
  public static ClassicHttpResponse send(
      CloseableHttpClient client, URI address, ClassicHttpRequest request) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    ClassicHttpResponse response;
    try {
      response = client.executeOpen(HttpHost.create(address), request, context);
    } catch (ClientProtocolException e) {
      throw forbidden(e).map(IOException.class::cast).orElse(e);
    }
    boolean isOfProxy =
        context.getAttribute(SENT) == null
            || response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED;
    if (isOfProxy) {
      response.close();
      throw new ProxyRefusedException(response.getCode());
    }
    return response;
  }

  /** Returns the refused address, if the route through the proxy failed for that reason. */
  private static Optional<AllowedHosts.ForbiddenAddressException> forbidden(
      ClientProtocolException failure) {
    return failure.getCause() instanceof HttpException route
            && route.getCause() instanceof AllowedHosts.ForbiddenAddressException forbidden
        ? Optional.of(forbidden)
        : Optional.empty();
  }

  /** Resolver that checks the resolved addresses. */
  private static final class CheckedNames extends SystemDefaultDnsResolver {

    private static final int NO_PORT = -1;

    private final AllowedHosts hosts;
    private final DnsResolver names;

    CheckedNames(AllowedHosts hosts, DnsResolver names) {
      this.hosts = hosts;
      this.names = names;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
      return Arrays.stream(checked(host, port))
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    }

    /**
     * Resolves a name without a port; the exemption of a provider's own address does not apply
     * then.
     */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return checked(host, NO_PORT);
    }

    private InetAddress[] checked(String host, int port) throws UnknownHostException {
      InetAddress[] addresses = names.resolve(host);
      for (InetAddress address : addresses) {
        hosts.checkAddress(host, port, address);
      }
      return addresses;
    }
  }

  /**
   * Route planner for the JVM's HTTP proxy. It resolves the proxy's address without checks, because
   * the operator chooses the proxy, which is usually private. Names from providers and users are
   * checked. A name that this machine cannot resolve goes to the proxy unchecked.
   */
  private static final class ProxyRoutes extends DefaultRoutePlanner {

    private final AllowedHosts hosts;
    private final DnsResolver names;

    ProxyRoutes(AllowedHosts hosts, DnsResolver names) {
      super(DefaultSchemePortResolver.INSTANCE);
      this.hosts = hosts;
      this.names = names;
    }

    @Override
    protected HttpHost determineProxy(HttpHost target, HttpContext context) throws HttpException {
      InetSocketAddress proxy = OutboundProxy.of(URI.create(target.toURI())).orElse(null);
      if (proxy == null) {
        return null;
      }
      check(
          target.getHostName(),
          target.getPort() > 0
              ? target.getPort()
              : DefaultSchemePortResolver.INSTANCE.resolve(target));
      try {
        return new HttpHost(
            null,
            InetAddress.getByName(proxy.getHostString()),
            proxy.getHostString(),
            proxy.getPort());
      } catch (UnknownHostException e) {
        throw new HttpException("the HTTP proxy " + proxy.getHostString() + " is unknown", e);
      }
    }

    private void check(String host, int port) throws HttpException {
      try {
        for (InetAddress address : names.resolve(host)) {
          hosts.checkBehindProxy(host, port, address);
        }
      } catch (AllowedHosts.ForbiddenAddressException e) {
        throw new HttpException(e.getMessage(), e);
      } catch (UnknownHostException e) {
        LOG.log(Level.FINE, e, () -> "Only the HTTP proxy can resolve " + host);
      }
    }
  }

  /** Failure to connect because the HTTP proxy refused the connection. */
  public static final class ProxyRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    ProxyRefusedException(int status) {
      super(
          "the HTTP proxy (https.proxyHost) answered with HTTP "
              + status
              + (status == 407 ? ": it requires authentication" : ": it does not allow this host"));
    }
  }
}
