package io.maquette.maintenance.web;

import io.maquette.platform.http.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What requests say in their fields; whatever is not acceptable is refused by its name. */
final class Fields {

  private static final int MAX_DAYS = 3660;

  private Fields() {}

  /** A word of a closed set; null if there is none. */
  static <E extends Enum<E>> E oneOf(Class<E> type, String field, String text) {
    if (text == null) {
      return null;
    }
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.ofField(
          field,
          "invalid.status",
          Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
    }
  }

  /** The name of somebody or something; null if there is none. */
  static String name(String field, String text) {
    if (text != null && !text.matches("[\\x21-\\x7E]{1,64}")) {
      throw ProblemException.ofField(field, "invalid.name");
    }
    return text;
  }

  /** A time; null if there is none. */
  static Instant time(String field, String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw ProblemException.ofField(field, "invalid.time");
    }
  }

  /** A day; null if there is none. */
  static LocalDate day(String field, String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw ProblemException.ofField(field, "invalid.day");
    }
  }

  /** Refuses days that are in the wrong order or too many; what is null is not looked at. */
  static void checkOrder(LocalDate from, LocalDate to) {
    if (from != null && to != null && (to.isBefore(from) || from.plusDays(MAX_DAYS).isBefore(to))) {
      throw ProblemException.ofField("to", "invalid.days-order", MAX_DAYS);
    }
  }

  /** A whole number; a default if there is none. */
  static int whole(String field, String text, int usual, int max) {
    if (text == null) {
      return usual;
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > max) {
      throw ProblemException.ofField(field, "invalid.whole-to", max);
    }
    return Integer.parseInt(text);
  }

  /** The number behind which a page begins. */
  static long cursor(String text) {
    if (text == null) {
      return Long.MAX_VALUE;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ProblemException.ofField("cursor", "invalid.cursor");
    }
    return Long.parseLong(text);
  }
}
