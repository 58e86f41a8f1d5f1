package io.maquette.it.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Stands before a real S3 service and hands everything on as it is, unless it is to go wrong. */
public final class S3Gate extends Simulator {

  /** What a connection says for itself. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "transfer-encoding", "expect", "upgrade");

  private final HttpClient http =
      HttpClients.custom()
          .disableAutomaticRetries()
          .disableContentCompression()
          .disableRedirectHandling()
          .build();
  private final URI behind;

  /** Before the service at an address. */
  public S3Gate(URI behind) {
    this.behind = behind;
  }

  /** Whether a request sends a part of a file. */
  public static boolean isPart(Received request) {
    return request.method().equals("PUT") && request.uri().toString().contains("partNumber=");
  }

  @Override
  protected Answer answer(Received request) {
    return handOn(request, request.body());
  }

  /** Hands the request on with another body, as a faulty line would. */
  public Answer handOn(Received request, byte[] body) {
    ClassicRequestBuilder onwards =
        ClassicRequestBuilder.create(request.method()).setUri(behind.resolve(request.uri()));
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> onwards.addHeader(name, value));
              }
            });
    if (request.method().equals("PUT") || body.length > 0) {
      onwards.setEntity(new ByteArrayEntity(body, (ContentType) null));
    }
    try {
      return http.execute(
          onwards.build(),
          answer -> {
            Map<String, String> headers = new LinkedHashMap<>();
            for (Header header : answer.getHeaders()) {
              if (request.method().equals("HEAD")
                  || !OF_THE_CONNECTION.contains(header.getName().toLowerCase(Locale.ROOT))) {
                headers.put(header.getName(), header.getValue());
              }
            }
            byte[] content =
                answer.getEntity() == null
                    ? new byte[0]
                    : EntityUtils.toByteArray(answer.getEntity());
            return new Answer(answer.getCode(), headers, content);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
