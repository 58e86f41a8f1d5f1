package io.maquette.provider.http;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.OutboundProxy;
import io.maquette.provider.Retirements;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Factory of the providers' REST clients. They are built, not injected: Payara Server cannot inject
 * them if it starts with the application already deployed, and WildFly injects only some. Time-outs
 * use MicroProfile's names for injected clients, in milliseconds: {@code
 * tencent/mp-rest/connectTimeout} and {@code readTimeout}.
 */
@ApplicationScoped
public class RestClients {

  private static final Logger LOG = Logger.getLogger(RestClients.class.getName());

  private static final String READ_TIMEOUT = "/mp-rest/readTimeout";

  /** Part of a picture's time that is reserved for the download. */
  private static final Duration FETCHING = Duration.ofSeconds(10);

  private final Queue<AutoCloseable> made = new ConcurrentLinkedQueue<>();

  @Inject private Retirements retirements;

  /**
   * Creates a client with the providers that its annotations register.
   *
   * @param key prefix of the names of its time-outs
   * @param address scheme, host, port and prefix; a query is added to each call
   * @param subject setting that names what the client calls and the provider may retire
   * @param components further components to register, e.g. a filter with settings
   */
  public <T> T make(
      Class<T> type, String key, URI address, Setting<?> subject, Object... components) {
    Config config = ConfigProvider.getConfig();
    return make(
        type,
        key,
        address,
        config.getValue(key + READ_TIMEOUT, Long.class),
        Stream.concat(Stream.of(new RetirementHeaders(retirements, subject)), Stream.of(components))
            .toList());
  }

  private <T> T make(Class<T> type, String key, URI address, long readTimeout, List<?> components) {
    Config config = ConfigProvider.getConfig();
    RestClientBuilder builder =
        builder(address, config.getValue(key + "/mp-rest/connectTimeout", Long.class), readTimeout);
    for (Object component : components) {
      builder.register(component);
    }
    T client = builder.build(type);
    if (client instanceof AutoCloseable closeable) {
      made.add(closeable);
    }
    return client;
  }

  /**
   * Creates a client whose calls return when a picture is done. Unless {@code
   * <key>/mp-rest/readTimeout} is set, the limit is that of a picture ({@code
   * maquette.image.deadline}), without the time for the download.
   *
   * @param subjects settings that name what the client calls and the provider may retire
   */
  public <T> T makeWaiting(
      Class<T> type, String key, URI address, Settings settings, Setting<?>... subjects) {
    long deadline = settings.get(Setting.IMAGE_DEADLINE).toMillis();
    long longest = Math.max(deadline - FETCHING.toMillis(), deadline / 2);
    long readTimeout =
        ConfigProvider.getConfig().getOptionalValue(key + READ_TIMEOUT, Long.class).orElse(longest);
    return make(
        type, key, address, readTimeout, List.of(new RetirementHeaders(retirements, subjects)));
  }

  /**
   * Creates a builder with the common configuration of all clients.
   *
   * @param address scheme, host, port and prefix; a query is added to each call
   * @param connectTimeout in milliseconds
   * @param readTimeout in milliseconds
   */
  public static RestClientBuilder builder(URI address, long connectTimeout, long readTimeout) {
    RestClientBuilder builder =
        RestClientBuilder.newBuilder()
            .baseUri(BaseAddress.withoutQuery(address))
            .connectTimeout(connectTimeout, TimeUnit.MILLISECONDS)
            .readTimeout(readTimeout, TimeUnit.MILLISECONDS)
            .register(new WireJson())
            .register(new AnswerReader())
            .register(new TraceHeader());
    if (address.getRawQuery() != null) {
      builder.register(new PreservedQuery(address.getRawQuery()));
    }
    // the servers' REST clients handle the JVM's proxy differently: WildFly's reads only
    // http.proxyHost
    OutboundProxy.of(address)
        .ifPresent(proxy -> builder.proxyAddress(proxy.getHostString(), proxy.getPort()));
    return builder;
  }

  /**
   * Closes all clients, because an open one would keep the application in memory after its
   * undeployment.
   */
  @PreDestroy
  void close() {
    for (AutoCloseable client : made) {
      try {
        client.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "A REST client could not be closed", e);
      }
    }
  }
}
