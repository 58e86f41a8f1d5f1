package io.maquette.operation.web;

import io.maquette.operation.Owners;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.VisibleText;
import io.maquette.task.FailureCode;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskSearch;
import io.maquette.task.TaskStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tasks are looked for, as requests say it; what is null is not asked for. Whatever is not
 * acceptable is refused by its name.
 *
 * @param status statuses, separated by commas
 * @param modelStatus the same of models
 * @param user an owner's e-mail or id
 * @param q what is searched for
 */
public record SearchFields(
    String status,
    String modelStatus,
    String stage,
    String provider,
    String user,
    String code,
    String from,
    String before,
    String q) {

  private static final int MAX_SEARCH = 200;
  private static final int MAX_NAME = 254;
  private static final int MAX_CURSOR = 200;

  /**
   * What is looked for.
   *
   * @throws ProblemException if something is not acceptable
   */
  public TaskSearch search(Owners owners) {
    return new TaskSearch(
        some(TaskStatus.class, "status", status),
        some(ModelStatus.class, "modelStatus", modelStatus),
        one(Stage.class, "stage", stage),
        name("provider", provider),
        user == null ? null : owners.owner(name("user", user)),
        one(FailureCode.class, "code", code),
        time("from", from),
        time("before", before),
        text(q));
  }

  private static <E extends Enum<E>> Set<E> some(Class<E> type, String field, String text) {
    Set<E> some = EnumSet.noneOf(type);
    if (text != null) {
      for (String name : text.split(",", -1)) {
        some.add(one(type, field, name.strip()));
      }
    }
    return some;
  }

  static <E extends Enum<E>> E one(Class<E> type, String field, String text) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.ofField(
                    field,
                    "invalid.status",
                    Arrays.stream(type.getEnumConstants())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))));
  }

  private static String name(String field, String text) {
    if (text != null && !text.matches("[\\x21-\\x7E]{1," + MAX_NAME + "}")) {
      throw ProblemException.ofField(field, "invalid.name");
    }
    return text;
  }

  private static Instant time(String field, String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw ProblemException.ofField(field, "invalid.time");
    }
  }

  private static String text(String text) {
    if (text != null && !VisibleText.Check.isFit(text.strip(), MAX_SEARCH)) {
      throw ProblemException.ofField("q", "invalid.filter");
    }
    return text == null ? null : text.strip();
  }

  /**
   * Where a page begins; null for the first.
   *
   * @throws ProblemException if it is no cursor
   */
  public static TaskCursor cursor(String text) {
    try {
      TaskCursor cursor =
          text == null || text.length() > MAX_CURSOR ? null : TaskCursor.decode(text);
      if (text == null || (cursor != null && cursor.encode().equals(text))) {
        return cursor;
      }
    } catch (IllegalArgumentException e) {
      throw ProblemException.ofField("cursor", "invalid.cursor");
    }
    throw ProblemException.ofField("cursor", "invalid.cursor");
  }
}
