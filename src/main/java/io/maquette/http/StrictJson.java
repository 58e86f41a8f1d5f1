package io.maquette.http;

import io.maquette.json.GuardedJson;
import io.maquette.json.NestedTooDeeplyException;
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
 * Reads a record from JSON, and nothing but it: a field that is unknown, there twice or of the
 * wrong type is refused by its name, where JSON-B would pass over it or bend it. Texts and whole
 * numbers are all a body of ours has; which of them must be there, the record's constraints say.
 *
 * <p>The text is walked once, event by event, so that neither its depth nor the length of a number
 * costs more than the text itself.
 */
final class StrictJson {

  private static final int MAX_DEPTH = 32;

  /** So much of what is wrong is told; an answer must not outgrow its question. */
  private static final int MAX_PROBLEMS = 10;

  private static final int MAX_NAME = 60;

  /** A field's value as it stands in the text; of an array or object only that it is one. */
  private record Value(Event kind, String text) {}

  private StrictJson() {}

  /**
   * Reads a record whose components are texts and whole numbers; what is missing or null is null.
   *
   * @throws ProblemException naming what is wrong
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
      while (parser.hasNext()) { // which at the end refuses whatever follows the object
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
          e.getCause() instanceof NestedTooDeeplyException ? "invalid.depth" : "invalid.json");
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
      throw new IllegalStateException("a request record is only a record", e);
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
    } else {
      throw new IllegalStateException("a request record has texts and whole numbers only");
    }
    return null;
  }

  private static Problem.FieldProblem problem(String field, String text) {
    return new Problem.FieldProblem(field, Messages.ofRequest().get(text));
  }

  /** A name the client made up, cut to a length that can be shown. */
  private static String shown(String name) {
    return name.codePointCount(0, name.length()) <= MAX_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, MAX_NAME)) + "…";
  }
}
