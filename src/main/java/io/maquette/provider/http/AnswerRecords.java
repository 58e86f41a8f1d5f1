package io.maquette.provider.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Converter of JSON objects to records. A value of an unexpected type does not affect other values:
 * an answer with a paid picture stays usable.
 *
 * <ul>
 *   <li>A value of a type that cannot be read is null, or 0 for an {@code int} or {@code long}.
 *   <li>A number is read where a text is expected, and a numeric text where a number is expected.
 *   <li>A single object is read where a list is expected.
 *   <li>A text is read where an object with a {@code message} is expected.
 *   <li>A blank text is null, and so is an object without a value.
 * </ul>
 *
 * <p>A component with the name {@code *} gets the whole object, for objects whose names are ids.
 *
 * <p>Component types may be String, BigDecimal, Integer, int, long, JsonValue, records and lists of
 * records. Names are those of the components, or of {@link JsonbProperty}.
 */
final class AnswerRecords {

  private static final String MESSAGE = "message";
  private static final String WHOLE = "*";

  /** Maximum number of characters of a number; prices and progress have fewer. */
  private static final int MAX_DIGITS = 30;

  /** Maximum exponent of a number, so that comparison and addition stay cheap. */
  private static final int MAX_EXPONENT = 1000;

  private AnswerRecords() {}

  /** Converts an object to a record; members without a component are ignored. */
  static <T extends Record> T bind(JsonObject object, Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = nameOf(components[i]);
      values[i] = valueOf(name.equals(WHOLE) ? object : object.get(name), components[i]);
    }
    return create(type, values);
  }

  private static <T extends Record> T create(Class<T> type, Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an answer must be a plain record: " + type.getName(), e);
    }
  }

  private static String nameOf(RecordComponent component) {
    JsonbProperty property = component.getAccessor().getAnnotation(JsonbProperty.class);
    return property == null ? component.getName() : property.value();
  }

  private static Object valueOf(JsonValue value, RecordComponent component) {
    Class<?> type = component.getType();
    if (type == String.class) {
      return textOf(value);
    } else if (type == BigDecimal.class) {
      return numberOf(value);
    } else if (type == Integer.class) {
      BigDecimal number = numberOf(value);
      return number == null ? null : (Integer) number.intValue();
    } else if (type == int.class) {
      BigDecimal number = numberOf(value);
      return number == null ? 0 : number.intValue();
    } else if (type == long.class) {
      BigDecimal number = numberOf(value);
      return number == null ? 0L : number.longValue();
    } else if (type == JsonValue.class) {
      return value == JsonValue.NULL ? null : value;
    } else if (type == List.class) {
      return listOf(value, elementOf(component.getGenericType()));
    } else if (type.isRecord()) {
      return recordOf(value, type.asSubclass(Record.class));
    }
    throw new IllegalStateException("an answer cannot have a component of type " + type.getName());
  }

  private static Class<? extends Record> elementOf(Type list) {
    if (list instanceof ParameterizedType parameterized
        && parameterized.getActualTypeArguments()[0] instanceof Class<?> element
        && element.isRecord()) {
      return element.asSubclass(Record.class);
    }
    throw new IllegalStateException("an answer can only have lists of records");
  }

  private static String textOf(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString().isBlank() ? null : text.getString();
    }
    return value instanceof JsonNumber number ? number.toString() : null;
  }

  private static BigDecimal numberOf(JsonValue value) {
    String text = textOf(value);
    if (text == null || text.length() > MAX_DIGITS) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text.strip());
      return Math.abs(number.scale()) > MAX_EXPONENT ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static <T extends Record> List<T> listOf(JsonValue value, Class<T> element) {
    if (value instanceof JsonArray array) {
      List<T> list = new ArrayList<>(array.size());
      array.forEach(each -> list.add(recordOf(each, element)));
      return Collections.unmodifiableList(list); // may contain null
    }
    T only = recordOf(value, element);
    return only == null ? null : List.of(only);
  }

  private static <T extends Record> T recordOf(JsonValue value, Class<T> type) {
    if (value instanceof JsonObject object) {
      boolean hasValue =
          object.values().stream()
              .anyMatch(
                  each ->
                      each != JsonValue.NULL
                          && !(each instanceof JsonString text && text.getString().isBlank()));
      return hasValue ? bind(object, type) : null;
    }
    return value instanceof JsonString text && !text.getString().isBlank()
        ? ofMessage(text.getString(), type)
        : null;
  }

  private static <T extends Record> T ofMessage(String message, Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      boolean isMessage =
          nameOf(components[i]).equals(MESSAGE) && components[i].getType() == String.class;
      found |= isMessage;
      values[i] = isMessage ? message : valueOf(null, components[i]);
    }
    return found ? create(type, values) : null;
  }
}
