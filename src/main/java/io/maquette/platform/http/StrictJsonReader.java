package io.maquette.platform.http;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the records that are a request's body, and nothing but them: a field that is unknown, there
 * twice or of the wrong type is refused by its name, where JSON-B would pass over it or bend it.
 * Texts and whole numbers are all a body of ours has; which of them must be there, the record's
 * constraints say.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class StrictJsonReader implements MessageBodyReader<Record> {

  /** The largest body, in bytes. */
  public static final int MAX_BYTES = 64 << 10;

  private static final int MAX_DEPTH = 32;

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
    String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
    if (length != null
        && length.matches("\\d+")
        && (length.length() > 9 || Integer.parseInt(length) > MAX_BYTES)) {
      throw new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE);
    }
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE);
    }
    return bind(parse(decode(bytes)), type);
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ProblemException.ofField("body", "invalid.utf8");
    }
  }

  static JsonObject parse(String text) {
    checkShape(text);
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonValue value = reader.readValue();
      if (value instanceof JsonObject object) {
        return object;
      }
    } catch (JsonException | IllegalStateException e) {
      throw ProblemException.ofField("body", "invalid.json");
    }
    throw ProblemException.ofField("body", "invalid.object");
  }

  /** Walks the text once, without building anything of it, for what the reader would not tell. */
  private static void checkShape(String text) {
    int depth = 0;
    Set<String> names = new HashSet<>();
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      while (parser.hasNext()) {
        switch (parser.next()) {
          case START_ARRAY, START_OBJECT -> depth++;
          case END_ARRAY, END_OBJECT -> depth--;
          case KEY_NAME -> {
            if (depth == 1 && !names.add(parser.getString())) {
              throw ProblemException.ofField(parser.getString(), "invalid.twice");
            }
          }
          default -> {
            // values are looked at when they are bound
          }
        }
        if (depth > MAX_DEPTH) {
          throw ProblemException.ofField("body", "invalid.depth");
        }
      }
    } catch (JsonParsingException | IllegalStateException e) {
      throw ProblemException.ofField("body", "invalid.json");
    } catch (JsonException e) {
      throw ProblemException.ofField("body", "invalid.json");
    }
  }

  static <T extends Record> T bind(JsonObject object, Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    List<Problem.FieldProblem> problems = new ArrayList<>();
    for (String name : object.keySet()) {
      if (!names.contains(name)) {
        problems.add(problem(name, "invalid.unknown"));
      }
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      JsonValue value = object.getOrDefault(names.get(i), JsonValue.NULL);
      if (value != JsonValue.NULL) {
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
      JsonValue value, RecordComponent component, List<Problem.FieldProblem> problems) {
    if (component.getType() == String.class) {
      if (value instanceof JsonString string) {
        return string.getString();
      }
      problems.add(problem(component.getName(), "invalid.text"));
    } else if (component.getType() == Integer.class) {
      if (value instanceof JsonNumber number && number.toString().matches("-?\\d{1,9}")) {
        return number.intValueExact();
      }
      problems.add(problem(component.getName(), "invalid.whole"));
    } else {
      throw new IllegalStateException("a request record has texts and whole numbers only");
    }
    return null;
  }

  private static Problem.FieldProblem problem(String field, String text) {
    return new Problem.FieldProblem(field, Texts.ofRequest().get(text));
  }
}
