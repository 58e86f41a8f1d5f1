package io.maquette.provider.http;

import io.maquette.json.GuardedJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Body of an error answer. {@link #words} reads the message from all places where servers put it:
 *
 * <ul>
 *   <li>{@code {"error":{"message":"..."}}} or {@code {"error":"..."}}
 *   <li>{@code {"detail":"..."}} or FastAPI's list of {@code {"loc":[...],"msg":"..."}}
 *   <li>{@code {"msg":"..."}} or {@code {"errors":[...]}}
 *   <li>a JSON text, the title of an HTML page, or plain text
 * </ul>
 */
public final class ErrorBody {

  /** Members that may contain the message, the most specific first. */
  private static final List<String> WORDS =
      List.of(
          "message",
          "Message",
          "msg",
          "detail",
          "error_message",
          "errorMessage",
          "error_msg",
          "error_description",
          "status_msg",
          "error",
          "Error",
          "errors",
          "Response",
          "base_resp",
          "reason",
          "title",
          "description");

  private static final int MAX_DEPTH = 5;
  private static final int MAX_ELEMENTS = 3;

  /** Maximum number of characters of a message. */
  private static final int MAX_WORDS = 500;

  private final JsonObject json;
  private final String words;

  private ErrorBody(JsonObject json, String words) {
    this.json = json;
    this.words = words;
  }

  /** Reads the body of an answer. */
  public static ErrorBody of(ErrorAnswer answer) {
    String body = answer.body().replace("\uFEFF", "").strip();
    try {
      JsonValue value = GuardedJson.value(body);
      return new ErrorBody(
          value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT,
          bounded(wordsOf(value, 0)));
    } catch (JsonException e) {
      return new ErrorBody(JsonValue.EMPTY_JSON_OBJECT, bounded(plainWords(body)));
    }
  }

  private static String bounded(String words) {
    if (words == null || words.isBlank()) {
      return null;
    }
    return words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS);
  }

  private static String plainWords(String body) {
    if (body.startsWith("<")) {
      String title = AnswerText.title(body);
      return title == null ? AnswerText.withoutTags(body) : title;
    }
    return body;
  }

  private static String wordsOf(JsonValue value, int depth) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (depth == MAX_DEPTH) {
      return null;
    }
    if (value instanceof JsonArray array) {
      return array.stream()
          .limit(MAX_ELEMENTS)
          .map(element -> wordsOf(element, depth + 1))
          .filter(Objects::nonNull)
          .collect(Collectors.joining("; "));
    }
    if (value instanceof JsonObject object) {
      String words =
          WORDS.stream()
              .map(object::get)
              .filter(Objects::nonNull)
              .map(member -> wordsOf(member, depth + 1))
              .filter(found -> found != null && !found.isBlank())
              .findFirst()
              .orElse(null);
      return words == null ? null : place(object) + words;
    }
    return null;
  }

  /** Returns the location of a FastAPI error, e.g. {@code body.size: }. */
  private static String place(JsonObject error) {
    if (!(error.get("loc") instanceof JsonArray place) || place.isEmpty()) {
      return "";
    }
    return place.stream()
        .limit(MAX_DEPTH)
        .map(ErrorBody::textOf)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(".", "", ": "));
  }

  /**
   * Returns the object under a name; an empty one if there is none. Its words are those of the
   * whole body.
   */
  public ErrorBody object(String name) {
    return new ErrorBody(
        json.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT, words);
  }

  /**
   * Returns the text or number under a name; null if there is none. {@code message} is the
   * documented place of a provider's message. If it is missing, the result is {@link #words}.
   */
  public String text(String name) {
    String text = textOf(json.get(name));
    return name.equals("message") && (text == null || text.isBlank()) ? words : text;
  }

  /** Returns the provider's message from any of the known places; null if there is none. */
  public String words() {
    return words;
  }

  private static String textOf(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    return value instanceof JsonNumber number ? number.toString() : null;
  }
}
