package io.maquette.provider.http;

import io.maquette.json.GuardedJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;

/**
 * Content of an error answer in any form: {@code {error: {message, code, param}}}, {@code {error:
 * "text"}}, {@code {detail: [{loc, msg}]}} (FastAPI), {@code {code, message}} and arrays of these.
 *
 * @param code empty if there is none
 * @param parameter last part of the name of the faulty parameter; empty if none is named
 * @param words all sentences of the answer; the answer itself if it is not JSON
 */
record Remarks(String code, String parameter, String words) {

  private static final List<String> CODES = List.of("code", "error_code", "type");
  private static final List<String> PARAMETERS = List.of("param", "parameter", "field", "loc");
  private static final Set<String> SENTENCES =
      Set.of("message", "msg", "detail", "details", "error", "error_msg", "errors", "reason");

  static Remarks of(String body) {
    try {
      JsonValue json = GuardedJson.value(body);
      StringBuilder words = new StringBuilder();
      collect(json, words);
      String parameter = first(json, PARAMETERS);
      return new Remarks(
          first(json, CODES),
          parameter.substring(parameter.lastIndexOf('.') + 1),
          words.toString());
    } catch (RuntimeException e) { // parsers throw different exceptions for invalid text
      return new Remarks("", "", body);
    }
  }

  /** Returns the first member with one of these names and a value, outer objects first. */
  private static String first(JsonValue json, List<String> names) {
    if (json instanceof JsonArray array) {
      return array.stream()
          .map(value -> first(value, names))
          .filter(text -> !text.isEmpty())
          .findFirst()
          .orElse("");
    }
    if (!(json instanceof JsonObject object)) {
      return "";
    }
    for (String name : names) {
      String text = text(object.get(name));
      if (!text.isEmpty()) {
        return text;
      }
    }
    return object.entrySet().stream()
        .filter(member -> SENTENCES.contains(member.getKey()))
        .map(member -> first(member.getValue(), names))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Returns a text, a number, or the last of several. */
  private static String text(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (value instanceof JsonNumber number) {
      return number.toString();
    }
    return value instanceof JsonArray array && !array.isEmpty()
        ? text(array.get(array.size() - 1))
        : "";
  }

  private static void collect(JsonValue json, StringBuilder words) {
    if (json instanceof JsonString text) {
      words.append(text.getString()).append(' ');
    } else if (json instanceof JsonArray array) {
      array.forEach(value -> collect(value, words));
    } else if (json instanceof JsonObject object) {
      object.forEach(
          (name, value) -> {
            if (SENTENCES.contains(name)) {
              collect(value, words);
            }
          });
    }
  }
}
