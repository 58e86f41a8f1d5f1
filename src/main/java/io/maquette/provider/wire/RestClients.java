package io.maquette.provider.wire;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.concurrent.TimeUnit;
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
        RestClientBuilder.newBuilder()
            .baseUri(address)
            .connectTimeout(
                config.getValue(key + "/mp-rest/connectTimeout", Long.class), TimeUnit.MILLISECONDS)
            .readTimeout(
                config.getValue(key + "/mp-rest/readTimeout", Long.class), TimeUnit.MILLISECONDS);
    for (Object component : components) {
      builder.register(component);
    }
    return builder.build(type);
  }
}
