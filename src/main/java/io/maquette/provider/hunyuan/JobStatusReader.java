package io.maquette.provider.hunyuan;

import io.maquette.json.GuardedJson;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Reader of a {@link JobStatus} that extracts the model from the JSON text as a stream. As for all
 * answers, the content type does not matter ({@link io.maquette.provider.http.AnswerReader}).
 */
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
public class JobStatusReader implements MessageBodyReader<JobStatus> {

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == JobStatus.class;
  }

  @Override
  public JobStatus readFrom(
      Class<JobStatus> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream content)
      throws IOException {
    return read(content);
  }

  static JobStatus read(InputStream content) throws IOException {
    ModelLift lift = new ModelLift(content);
    try {
      JsonObject status = GuardedJson.object(lift);
      return new JobStatus(text(status, "status"), text(status, "message"), lift.model());
    } catch (JsonException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken; // the transfer failed, not the JSON text
      }
      throw new IOException("the answer is not a JSON object", e);
    }
  }

  private static String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString text ? text.getString() : "";
  }
}
