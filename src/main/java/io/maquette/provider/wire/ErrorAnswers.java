package io.maquette.provider.wire;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/**
 * Turns every answer that is no success into an {@link ErrorAnswer}, redirections and HTML pages
 * included: a page comes from something else than the provider's interface.
 */
public class ErrorAnswers implements ResponseExceptionMapper<ErrorAnswer> {

  /** Enough for a code and a sentence. */
  static final int MAX_BODY = 4_000;

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Clock clock;

  /** For the REST client. */
  public ErrorAnswers() {
    this(Clock.systemUTC());
  }

  ErrorAnswers(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status >= 300 || isHtml(headers.getFirst(HttpHeaders.CONTENT_TYPE));
  }

  private static boolean isHtml(Object type) {
    String name = String.valueOf(type).strip().toLowerCase(Locale.ROOT);
    return name.startsWith("text/html") || name.startsWith("application/xhtml");
  }

  @Override
  public ErrorAnswer toThrowable(Response response) {
    return new ErrorAnswer(
        response.getStatus(),
        bodyOf(response),
        retryAfter(response.getHeaderString(HttpHeaders.RETRY_AFTER)),
        Answered.requestIdOf(response));
  }

  private static String bodyOf(Response response) {
    try {
      String body = response.hasEntity() ? response.readEntity(String.class) : "";
      return body.substring(0, Math.min(MAX_BODY, body.length()));
    } catch (ProcessingException | IllegalStateException e) {
      return ""; // the status alone must do
    }
  }

  /**
   * Reads a {@code Retry-After} header: seconds or an HTTP date (RFC 9110, 10.2.3).
   *
   * @return at most an hour; null if there is none or it cannot be read
   */
  Duration retryAfter(String header) {
    if (header == null) {
      return null;
    }
    Duration wait;
    try {
      wait =
          header.strip().matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(header.strip()))
              : Duration.between(clock.instant(), httpDate(header.strip()));
    } catch (DateTimeException e) {
      return null;
    }
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Instant httpDate(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}
