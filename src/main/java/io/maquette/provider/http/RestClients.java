package io.maquette.provider.http;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.OutboundProxy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Makes the providers' REST clients. They are built rather than injected: Payara Server finds none
 * to inject when it starts with the application deployed already, and WildFly only some. Time-outs
 * are where MicroProfile has them for injected ones, in milliseconds: {@code
 * tencent/mp-rest/connectTimeout} and {@code readTimeout}.
 */
@ApplicationScoped
public class RestClients {

  private static final Logger LOG = Logger.getLogger(RestClients.class.getName());

  private static final String READ_TIMEOUT = "/mp-rest/readTimeout";

  /** Left of a picture's time for fetching it. */
  private static final Duration FETCHING = Duration.ofSeconds(10);

  private final Queue<AutoCloseable> made = new ConcurrentLinkedQueue<>();

  /**
   * Makes a client, with what its annotations register.
   *
   * @param key what its time-outs are under
   * @param address scheme, host, port and prefix; a query is added to each call
   * @param components more to register, like a filter that has settings
   */
  public <T> T make(Class<T> type, String key, URI address, Object... components) {
    Config config = ConfigProvider.getConfig();
    return make(type, key, address, config.getValue(key + READ_TIMEOUT, Long.class), components);
  }

  private <T> T make(
      Class<T> type, String key, URI address, long readTimeout, Object... components) {
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
   * Makes a client whose calls answer when a picture is done. Unless {@code
   * <key>/mp-rest/readTimeout} is set, they may take as long as a picture may ({@code
   * maquette.image.deadline}), without the time it takes to fetch it.
   */
  public <T> T makeWaiting(Class<T> type, String key, URI address, Settings settings) {
    long deadline = settings.get(Setting.IMAGE_DEADLINE).toMillis();
    long longest = Math.max(deadline - FETCHING.toMillis(), deadline / 2);
    long readTimeout =
        ConfigProvider.getConfig().getOptionalValue(key + READ_TIMEOUT, Long.class).orElse(longest);
    return make(type, key, address, readTimeout, new Object[0]);
  }

  /**
   * The beginning of every client of a provider.
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
    // what the servers' clients make of the JVM's proxy differs: WildFly's knows only
    // http.proxyHost
    OutboundProxy.of(address)
        .ifPresent(proxy -> builder.proxyAddress(proxy.getHostString(), proxy.getPort()));
    return builder;
  }

  /** One left open would keep the application in memory after its undeployment. */
  @PreDestroy
  void close() {
    for (AutoCloseable client : made) {
      try {
        client.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "A REST client stays open", e);
      }
    }
  }
}
