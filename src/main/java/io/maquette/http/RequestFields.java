package io.maquette.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reader of request fields; it refuses an unacceptable value with the name of its field. */
public final class RequestFields {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final int MAX_FILTER = 400;

  private RequestFields() {}

  /**
   * Reads a text as a value; null if there is no text.
   *
   * @param problem key of the text that describes an acceptable value
   * @param reader throws an {@link IllegalArgumentException} or {@link DateTimeException} for an
   *     unacceptable text
   */
  public static <T> T read(String field, String problem, String text, Function<String, T> reader) {
    try {
      return text == null ? null : reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw ProblemException.ofField(field, problem);
    }
  }

  /** Reads a time from year 1 to 9999, which every database supports; null if there is none. */
  public static Instant time(String field, String text) {
    return read(field, "invalid.time", text, RequestFields::parse);
  }

  private static Instant parse(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("the year must be from 1 to 9999");
    }
    return time;
  }

  /** Reads a day; null if there is none. */
  public static LocalDate day(String field, String text) {
    return read(field, "invalid.day", text, LocalDate::parse);
  }

  /**
   * Reads the cursor of a list whose pages begin after the number of a row.
   *
   * @param first value for a request without a cursor
   */
  public static Long cursor(String text, Long first) {
    if (text == null) {
      return first;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ProblemException.ofField("cursor", "invalid.cursor");
    }
    return Long.valueOf(text);
  }

  /** Reads a search text of at most 400 characters; null if there is none. */
  public static String filter(String field, String text) {
    if (text == null) {
      return null;
    }
    String filter = text.strip();
    if (filter.isEmpty()
        || filter.length() > MAX_FILTER
        || filter.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.ofField(field, "invalid.filter");
    }
    return filter;
  }

  /** Reads a constant of an enumeration; null if there is none. */
  public static <E extends Enum<E>> E oneOf(Class<E> type, String field, String text) {
    return oneOf(EnumSet.allOf(type), field, text);
  }

  /** Reads one of some constants of an enumeration; null if there is none. */
  public static <E extends Enum<E>> E oneOf(Collection<E> choice, String field, String text) {
    if (text == null) {
      return null;
    }
    return choice.stream()
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.ofField(
                    field,
                    "invalid.status",
                    choice.stream().map(Enum::name).collect(Collectors.joining(", "))));
  }

  /**
   * Reads a name; null if there is none.
   *
   * @param max maximum number of characters
   */
  public static String name(String field, String text, int max) {
    if (text != null && !text.matches("[\\x21-\\x7E]{1," + max + "}")) {
      throw ProblemException.ofField(field, "invalid.name");
    }
    return text;
  }

  /** Reads the id of a task or key; any other text is answered as not found. */
  public static UUID id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    return UUID.fromString(text);
  }
}
