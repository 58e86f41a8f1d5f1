package io.maquette.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;

/** Reader of request bodies as records, bounded in size and time; it uses {@link StrictJson}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class StrictJsonReader implements MessageBodyReader<Record> {

  /** Maximum size of a body, in bytes. */
  public static final int MAX_BYTES = 64 << 10;

  /** Maximum time to receive a body; the wait occupies a thread. */
  private static final Duration MAX_TIME = Duration.ofSeconds(10);

  private static final class SlowBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowBodyException(String message) {
      super(message);
    }
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isAnnotationPresent(RequestBody.class);
  }

  @Override
  public Record readFrom(
      Class<Record> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    try {
      return StrictJson.read(bytesOf(body, headers.getFirst(HttpHeaders.CONTENT_LENGTH)), type);
    } catch (ProblemException e) {
      // the only exception type of a reader that reaches a mapper unchanged on every server
      throw new WebApplicationException(e, e.problem().toResponse().build());
    }
  }

  static byte[] bytesOf(InputStream body, String length) throws IOException {
    if (length != null && length.matches("[0-9]+") && isTooLarge(length)) {
      throw new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE);
    }
    byte[] bytes;
    try {
      bytes =
          new BoundedStream(body, "the body", MAX_BYTES + 1L, MAX_TIME, SlowBodyException::new)
              .readNBytes(MAX_BYTES + 1);
    } catch (SlowBodyException e) {
      throw ProblemException.ofField("body", "invalid.slow");
    } catch (IOException e) { // only the client's connection is read here
      throw ProblemException.ofField("body", "invalid.cut");
    }
    if (bytes.length > MAX_BYTES) {
      throw new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE);
    }
    return bytes;
  }

  private static boolean isTooLarge(String length) {
    return length.length() > 9 || Integer.parseInt(length) > MAX_BYTES;
  }
}
