package io.maquette.provider.hunyuan;

import io.maquette.platform.json.GuardedJson;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads a {@link JobStatus}, with the model lifted out of the JSON text as it comes. */
@Consumes(MediaType.APPLICATION_JSON)
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
      return new JobStatus(
          status.getString("status", ""), status.getString("message", ""), lift.model());
    } catch (JsonException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken; // it was not the text
      }
      throw new IOException("the answer is no JSON object", e);
    }
  }
}
