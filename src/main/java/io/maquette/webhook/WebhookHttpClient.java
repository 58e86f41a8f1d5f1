package io.maquette.webhook;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.BoundedStream;
import io.maquette.storage.AllowedHosts;
import io.maquette.storage.CheckedClient;
import io.maquette.telemetry.LogThrottle;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP client that sends messages, signed according to Standard Webhooks. It checks the addresses
 * of receivers like those of result files. A redirect counts as a failed attempt.
 */
@ApplicationScoped
public class WebhookHttpClient {

  private static final int MAX_READ = 1_000;
  private static final int LONGEST_RETRY_AFTER = 6;
  private static final Logger LOG = Logger.getLogger(WebhookHttpClient.class.getName());

  private final LogThrottle limit = new LogThrottle();

  private AllowedHosts hosts;
  private CloseableHttpClient client;
  private Duration timeout;

  /** Required by CDI. */
  protected WebhookHttpClient() {}

  @Inject
  WebhookHttpClient(Settings settings) {
    this(settings, SystemDefaultDnsResolver.INSTANCE);
  }

  WebhookHttpClient(Settings settings, DnsResolver names) {
    hosts =
        new AllowedHosts(
            settings.get(Setting.WEBHOOK_ALLOWED_HOSTS),
            List.of(), // users choose the hosts, and an HTTP proxy connects by name
            Setting.WEBHOOK_ALLOWED_HOSTS.name());
    timeout = settings.get(Setting.WEBHOOK_TIMEOUT);
    client =
        CheckedClient.open(
            hosts,
            Timeout.ofMilliseconds(timeout.toMillis()),
            WebhookDispatcher.MAX_SENDING,
            names);
  }

  /** Returns whether messages may be sent to an address. */
  public boolean isAcceptable(URI address) {
    return hosts.isAcceptable(address);
  }

  /**
   * Sends a message and returns the result.
   *
   * @return the answer, or why there is none. Details of this machine's DNS and network appear only
   *     in the log, because the webhook's owner chooses the host and reads the result. Every
   *     failure counts as an attempt without an answer.
   */
  DeliveryResponse send(Deliveries.OutgoingMessage message, Instant now) {
    try {
      return post(message, now);
    } catch (RuntimeException | Error e) { // for example an address that the client cannot parse
      log(Level.WARNING, message, e.toString());
      return DeliveryResponse.none(e.getClass().getSimpleName());
    }
  }

  private void log(Level level, Deliveries.OutgoingMessage message, String why) {
    limit.log(LOG, level, why, () -> "Webhook " + message.webhook() + " cannot be reached: " + why);
  }

  private DeliveryResponse post(Deliveries.OutgoingMessage message, Instant now) {
    URI address = URI.create(message.url());
    if (!hosts.isAcceptable(address)) {
      return DeliveryResponse.none("the address is no longer permitted");
    }
    HttpPost post = new HttpPost(address);
    post.setHeader("webhook-id", message.id());
    post.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
    post.setHeader(
        "webhook-signature",
        message.secrets().stream()
            .map(secret -> secret.sign(message.id(), now, message.body()))
            .collect(Collectors.joining(" ")));
    post.setEntity(new StringEntity(message.body(), ContentType.APPLICATION_JSON));
    try (ClassicHttpResponse response = CheckedClient.send(client, address, post)) {
      return new DeliveryResponse(response.getCode(), beginning(response), retryAfter(response));
    } catch (IOException e) {
      Level level =
          AllowedHosts.isForOperator(e)
              ? Level.WARNING
              : AllowedHosts.isForbiddenAddress(e) ? Level.INFO : Level.FINE;
      log(level, message, e.getMessage());
      return DeliveryResponse.none(textForOwner(e));
    }
  }

  private static String textForOwner(IOException failure) {
    if (AllowedHosts.isForbiddenAddress(failure)) {
      return "the host is not at a public address";
    }
    return failure instanceof CheckedClient.ProxyRefusedException
        ? "the HTTP proxy refused the connection"
        : failure.getClass().getSimpleName();
  }

  /**
   * Reads the beginning of the answer. Closing the stream would read it to its end, so only the
   * response is closed.
   */
  private String beginning(ClassicHttpResponse response) {
    if (response.getEntity() == null) {
      return "";
    }
    try {
      InputStream content =
          new BoundedStream(
              response.getEntity().getContent(),
              "the answer",
              Long.MAX_VALUE,
              timeout,
              IOException::new);
      return new String(content.readNBytes(MAX_READ), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "the answer broke off: " + e.getMessage();
    }
  }

  private static Duration retryAfter(ClassicHttpResponse response) {
    Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    return header != null && header.getValue().matches("[0-9]{1," + LONGEST_RETRY_AFTER + "}")
        ? Duration.ofSeconds(Long.parseLong(header.getValue()))
        : null;
  }

  @PreDestroy
  void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
