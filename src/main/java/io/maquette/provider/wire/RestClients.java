package io.maquette.provider.wire;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
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

  private final Queue<AutoCloseable> made = new ConcurrentLinkedQueue<>();

  /**
   * Makes a client, with what its annotations register.
   *
   * @param key what its time-outs are under
   * @param address the setting: scheme, host, port and prefix
   * @param components more to register, like a filter that has settings
   */
  public <T> T make(Class<T> type, String key, URI address, Object... components) {
    Config config = ConfigProvider.getConfig();
    RestClientBuilder builder =
        builder(
            address,
            config.getValue(key + "/mp-rest/connectTimeout", Long.class),
            config.getValue(key + "/mp-rest/readTimeout", Long.class));
    for (Object component : components) {
      builder.register(component);
    }
    T client = builder.build(type);
    if (client instanceof AutoCloseable closeable) {
      made.add(closeable);
    }
    return client;
  }

  /** The beginning of every client of a provider, with time-outs in milliseconds. */
  public static RestClientBuilder builder(URI address, long connectTimeout, long readTimeout) {
    return RestClientBuilder.newBuilder()
        .baseUri(address)
        .connectTimeout(connectTimeout, TimeUnit.MILLISECONDS)
        .readTimeout(readTimeout, TimeUnit.MILLISECONDS)
        .register(new WireJson())
        .register(new AnswerReader())
        .register(new TraceHeader());
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
