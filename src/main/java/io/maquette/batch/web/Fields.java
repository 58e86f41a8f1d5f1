package io.maquette.batch.web;

import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import java.time.LocalDate;

/** What requests say in their fields; whatever is not acceptable is refused by its name. */
final class Fields {

  private static final int MAX_NAME = 64;
  private static final int MAX_DAYS = 3660;

  private Fields() {}

  /** The name of an owner or a provider; null if there is none. */
  static String name(String field, String text) {
    return RequestFields.name(field, text, MAX_NAME);
  }

  /** A day; null if there is none. */
  static LocalDate day(String field, String text) {
    return RequestFields.read(field, "invalid.day", text, LocalDate::parse);
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
