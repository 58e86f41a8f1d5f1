package io.maquette.http;

import io.maquette.json.GuardedJson;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reader of request bodies with nested objects, which {@link StrictJsonReader} does not read. It
 * has the same bounds of size and time.
 */
public final class JsonBody {

  private JsonBody() {}

  /**
   * Reads the body as a JSON object.
   *
   * @param length value of the header {@code Content-Length}; null without one
   * @throws ProblemException if it is too large, arrives too slowly or is no JSON object
   */
  public static JsonObject read(InputStream body, String length) {
    try {
      return GuardedJson.object(new ByteArrayInputStream(StrictJsonReader.bytesOf(body, length)));
    } catch (JsonException e) {
      throw ProblemException.ofField("body", "invalid.object");
    } catch (IOException e) {
      throw ProblemException.ofField("body", "invalid.cut");
    }
  }
}
