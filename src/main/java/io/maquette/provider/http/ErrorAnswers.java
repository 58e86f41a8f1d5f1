package io.maquette.provider.http;

import io.maquette.http.BoundedStream;
import io.maquette.json.GuardedJson;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/**
 * Exception mapper that turns every response without a success status into an {@link ErrorAnswer},
 * including redirects.
 */
public class ErrorAnswers implements ResponseExceptionMapper<ErrorAnswer> {

  /** Maximum number of characters kept, enough for a code and a sentence. */
  static final int MAX_BODY = 4_000;

  private static final Logger LOG = Logger.getLogger(ErrorAnswers.class.getName());

  /**
   * Maximum number of bytes read; larger than the characters kept, because bytes are read in
   * blocks.
   */
  private static final long MAX_BYTES = 1 << 20;

  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Clock clock;

  /** Creates the mapper; the REST client calls it. */
  public ErrorAnswers() {
    this(Clock.systemUTC());
  }

  ErrorAnswers(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status >= 300;
  }

  @Override
  public ErrorAnswer toThrowable(Response response) {
    return new ErrorAnswer(
        response.getStatus(),
        bodyOf(response),
        retryAfter(response.getHeaderString(HttpHeaders.RETRY_AFTER)),
        Answered.requestIdOf(response),
        RetirementHeaders.successor(response.getStringHeaders()));
  }

  /**
   * Returns the first characters, also of a body that breaks off; the content type does not matter.
   */
  private static String bodyOf(Response response) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (InputStream content =
        response.hasEntity() ? response.readEntity(InputStream.class) : null) {
      if (content != null) {
        InputStream bounded =
            new BoundedStream(content, "the answer", MAX_BYTES, MAX_TIME, IOException::new);
        byte[] block = new byte[MAX_BODY];
        for (int count = 0; count >= 0 && body.size() < MAX_BODY; count = bounded.read(block)) {
          body.write(block, 0, count);
        }
      }
    } catch (IOException | ProcessingException | IllegalStateException e) {
      LOG.log(Level.FINE, "An error answer is cut off", e);
    }
    String text =
        GuardedJson.decode(body.toByteArray(), AnswerText.declaredCharset(response.getMediaType()));
    return text.substring(0, Math.min(MAX_BODY, text.length()));
  }

  /**
   * Reads a {@code Retry-After} header: seconds or an HTTP date (RFC 9110, 10.2.3).
   *
   * @return at most an hour; null if it is missing or invalid
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
