package io.maquette.batch.web;

import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import java.time.LocalDate;

/** Parsers for fields of requests; an invalid field is rejected by name. */
final class Fields {

  private static final int MAX_NAME = 64;
  private static final int MAX_DAYS = 3660;

  private Fields() {}

  /** Returns the name of an owner or a provider; null if absent. */
  static String name(String field, String text) {
    return RequestFields.name(field, text, MAX_NAME);
  }

  /** Returns a day; null if absent. */
  static LocalDate day(String field, String text) {
    return RequestFields.read(field, "invalid.day", text, LocalDate::parse);
  }

  /** Rejects days in the wrong order or more than 3660 days apart; null is not checked. */
  static void checkOrder(LocalDate from, LocalDate to) {
    if (from != null && to != null && (to.isBefore(from) || from.plusDays(MAX_DAYS).isBefore(to))) {
      throw ProblemException.ofField("to", "invalid.days-order", MAX_DAYS);
    }
  }

  /** Returns a whole number, or the default if absent. */
  static int whole(String field, String text, int usual, int max) {
    if (text == null) {
      return usual;
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > max) {
      throw ProblemException.ofField(field, "invalid.whole-to", max);
    }
    return Integer.parseInt(text);
  }

  /** Returns the number after which a page begins. */
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
