package io.maquette.provider.wire;

import io.maquette.platform.json.GuardedJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** The body of an error answer as the JSON object it most likely is; one that is none is empty. */
public final class ErrorBody {

  private final JsonObject json;

  private ErrorBody(JsonObject json) {
    this.json = json;
  }

  /** The body of an answer. */
  public static ErrorBody of(ErrorAnswer answer) {
    try {
      return new ErrorBody(GuardedJson.object(answer.body()));
    } catch (RuntimeException e) { // parsers differ in what they throw at nonsense
      return new ErrorBody(JsonValue.EMPTY_JSON_OBJECT);
    }
  }

  /** The object under a name; an empty one if there is none. */
  public ErrorBody object(String name) {
    return new ErrorBody(
        json.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT);
  }

  /** The text or number under a name; null if there is none. */
  public String text(String name) {
    JsonValue value = json.get(name);
    if (value instanceof JsonString text) {
      return text.getString();
    }
    return value instanceof JsonNumber number ? number.toString() : null;
  }
}
