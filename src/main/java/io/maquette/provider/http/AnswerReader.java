package io.maquette.provider.http;

import io.maquette.json.GuardedJson;
import io.maquette.json.InvalidJsonException;
import jakarta.json.JsonException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Reader of providers' answers as records. The content decides, not the content type, which behind
 * some gateways is {@code text/plain}, {@code application/octet-stream} or missing. {@link
 * AnswerRecords} says how values of unexpected types are read.
 *
 * <p>All servers read answers with this class. Their own JSON readers (JSON-B on Jersey and
 * RESTEasy) depend on the content type and on the version of the server.
 */
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
public final class AnswerReader implements MessageBodyReader<Record> {

  /** Number of bytes examined to describe an answer that is not a JSON object. */
  private static final int HEAD = 2048;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord() && !StreamedAnswer.class.isAssignableFrom(type);
  }

  /**
   * Reads an answer.
   *
   * @return null if it is empty
   * @throws IOException if it breaks off or is no JSON object; the message describes what it is
   * @throws ErrorAnswer if it is an HTML page, which the provider's interface never sends
   */
  @Override
  public Record readFrom(
      Class<Record> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream content)
      throws IOException {
    byte[] head = content.readNBytes(HEAD);
    if (AnswerText.isBlank(head)) {
      return null;
    }
    InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), content);
    try {
      return AnswerRecords.bind(
          GuardedJson.object(all, AnswerText.declaredCharset(mediaType)), type);
    } catch (JsonException e) {
      if (e.getCause() instanceof IOException broken && !(broken instanceof InvalidJsonException)) {
        throw broken;
      }
      if (AnswerText.isHtml(mediaType) || AnswerText.isHtml(AnswerText.text(head))) {
        throw ErrorAnswer.page(AnswerText.text(head));
      }
      throw new UnreadableAnswerException(
          AnswerText.describe(
              head, e.getCause() instanceof InvalidJsonException invalid ? invalid : null),
          e);
    }
  }
}
