package io.maquette.http;

import io.maquette.json.GuardedJson;
import io.maquette.json.InvalidJsonException;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict reader of a record from JSON. It refuses a field that is unknown, duplicate or of the
 * wrong type, with its name; JSON-B would ignore or convert it. Request bodies contain only texts,
 * whole numbers and truth values. The record's constraints say which fields are required.
 *
 * <p>The reader handles the text event by event in one pass. Neither deep nesting nor a long number
 * therefore costs more than the text itself.
 */
final class StrictJson {

  private static final int MAX_DEPTH = 32;

  /** Maximum number of reported problems, so that the response is not longer than the request. */
  private static final int MAX_PROBLEMS = 10;

  private static final int MAX_NAME = 60;

  /** Value of a field as written in the text; for an array or object only its kind. */
  private record Value(Event kind, String text) {}

  private StrictJson() {}

  /**
   * Reads a record whose components are texts, whole numbers and truth values; a missing or null
   * field is null.
   *
   * @throws ProblemException naming the refused fields
   */
  static <T extends Record> T read(byte[] body, Class<T> type) {
    return bind(fieldsOf(decode(body)), type);
  }

  private static String decode(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw ProblemException.ofField("body", "invalid.utf8");
    }
  }

  private static Map<String, Value> fieldsOf(String text) {
    Map<String, Value> fields = new LinkedHashMap<>();
    try (JsonParser parser = GuardedJson.parser(text, MAX_DEPTH)) {
      if (parser.next() != Event.START_OBJECT) {
        throw ProblemException.ofField("body", "invalid.object");
      }
      String name = null;
      int depth = 1;
      while (parser.hasNext()) { // the last call refuses any text after the object
        Event event = parser.next();
        if (depth == 1 && event == Event.KEY_NAME) {
          name = parser.getString();
        } else if (depth == 1 && event != Event.END_OBJECT) {
          if (fields.put(name, valueOf(event, parser)) != null) {
            throw ProblemException.ofField(shown(name), "invalid.twice");
          }
        }
        depth += step(event);
      }
    } catch (JsonException | IllegalStateException | java.util.NoSuchElementException e) {
      throw ProblemException.ofField(
          "body",
          e.getCause() instanceof InvalidJsonException.NestedTooDeeply
              ? "invalid.depth"
              : "invalid.json");
    }
    return fields;
  }

  private static Value valueOf(Event event, JsonParser parser) {
    return switch (event) {
      case VALUE_STRING, VALUE_NUMBER -> new Value(event, parser.getString());
      default -> new Value(event, null);
    };
  }

  private static int step(Event event) {
    return switch (event) {
      case START_ARRAY, START_OBJECT -> 1;
      case END_ARRAY, END_OBJECT -> -1;
      default -> 0;
    };
  }

  private static <T extends Record> T bind(Map<String, Value> fields, Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    List<Problem.FieldProblem> problems = new ArrayList<>();
    fields.keySet().stream()
        .filter(name -> !names.contains(name))
        .limit(MAX_PROBLEMS)
        .forEach(name -> problems.add(problem(shown(name), "invalid.unknown")));
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Value value = fields.get(names.get(i));
      if (value != null && value.kind() != Event.VALUE_NULL) {
        values[i] = valueOf(value, components[i], problems);
      }
    }
    if (!problems.isEmpty()) {
      throw ProblemException.ofFields(problems);
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a request type must be a record", e);
    }
  }

  private static Object valueOf(
      Value value, RecordComponent component, List<Problem.FieldProblem> problems) {
    if (component.getType() == String.class) {
      if (value.kind() == Event.VALUE_STRING) {
        return value.text();
      }
      problems.add(problem(component.getName(), "invalid.text"));
    } else if (component.getType() == Integer.class) {
      if (value.kind() == Event.VALUE_NUMBER && value.text().matches("-?[0-9]{1,9}")) {
        return Integer.valueOf(value.text());
      }
      problems.add(problem(component.getName(), "invalid.whole"));
    } else if (component.getType() == Boolean.class) {
      if (value.kind() == Event.VALUE_TRUE || value.kind() == Event.VALUE_FALSE) {
        return value.kind() == Event.VALUE_TRUE;
      }
      problems.add(problem(component.getName(), "invalid.flag"));
    } else if (component.getType() == Long.class) {
      if (value.kind() == Event.VALUE_NUMBER && value.text().matches("-?[0-9]{1,15}")) {
        return Long.valueOf(value.text());
      }
      problems.add(problem(component.getName(), "invalid.whole"));
    } else {
      throw new IllegalStateException(
          "a request record can only have strings, whole numbers and truth values");
    }
    return null;
  }

  private static Problem.FieldProblem problem(String field, String text) {
    return new Problem.FieldProblem(field, Messages.ofRequest().get(text));
  }

  /** Shortens a field name from the client to a length that can be shown. */
  private static String shown(String name) {
    return name.codePointCount(0, name.length()) <= MAX_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, MAX_NAME)) + "…";
  }
}
