package io.maquette.provider.tencent;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.json.GuardedJson;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

/**
 * Filter that adds Tencent's common headers to a call and signs it. It also writes the body, once:
 * JSON that a server's client writes later might differ from the signed text.
 */
public class Tc3Signing implements ClientRequestFilter, WriterInterceptor {

  private static final String BODY = Tc3Signing.class.getName();

  private final Settings settings;
  private final Clock clock;
  private final Jsonb json = GuardedJson.jsonb(new JsonbConfig());

  Tc3Signing(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void filter(ClientRequestContext request) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    json.toJson(request.getEntity(), written);
    byte[] body = written.toByteArray();
    request.setProperty(BODY, body);

    request.setUri(withoutDefaultPort(request.getUri()));
    Instant now = clock.instant();
    MultivaluedMap<String, Object> headers = request.getHeaders();
    headers.putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    headers.putSingle("X-TC-Version", settings.get(ProviderSetting.TENCENT_VERSION));
    headers.putSingle("X-TC-Region", settings.get(ProviderSetting.TENCENT_REGION));
    headers.putSingle("X-TC-Timestamp", Long.toString(now.getEpochSecond()));
    headers.putSingle(
        HttpHeaders.AUTHORIZATION,
        Tc3Signature.authorization(
            settings.get(ProviderSetting.TENCENT_SECRET_ID),
            settings.get(ProviderSetting.TENCENT_SECRET_KEY),
            now,
            hostOf(request.getUri()),
            MediaType.APPLICATION_JSON,
            body));
  }

  /** Writes the signed bytes. */
  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    if (context.getProperty(BODY) instanceof byte[] body) {
      context.getOutputStream().write(body);
    } else {
      throw new IllegalStateException("a request to Tencent is not signed");
    }
  }

  /** Removes a default port, because HTTP clients differ in whether they send it. */
  static URI withoutDefaultPort(URI uri) {
    int usual = uri.getScheme().equals("https") ? 443 : 80;
    return uri.getPort() == usual ? UriBuilder.fromUri(uri).port(-1).build() : uri;
  }

  /** Returns the header {@code Host} as HTTP clients send it. */
  static String hostOf(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
  }
}
