package io.maquette.admin.web;

import io.maquette.admin.Owners;
import io.maquette.admin.TaskSearch;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import io.maquette.http.VisibleText;
import io.maquette.task.FailureCode;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskStatus;
import java.util.EnumSet;
import java.util.Set;

/**
 * Filters of a task search, as requests contain them; null matches every task. An invalid filter is
 * rejected by name.
 *
 * @param status statuses, separated by commas
 * @param modelStatus statuses of models, separated by commas
 * @param user e-mail or id of the owner
 * @param q search text
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

  /**
   * Returns the search.
   *
   * @throws ProblemException if a filter is invalid
   */
  public TaskSearch search(Owners owners) {
    return new TaskSearch(
        some(TaskStatus.class, "status", status),
        some(ModelStatus.class, "modelStatus", modelStatus),
        RequestFields.oneOf(Stage.class, "stage", stage),
        RequestFields.name("provider", provider, MAX_NAME),
        user == null ? null : owners.owner(RequestFields.name("user", user, MAX_NAME)),
        RequestFields.oneOf(FailureCode.class, "code", code),
        RequestFields.time("from", from),
        RequestFields.time("before", before),
        text(q));
  }

  private static <E extends Enum<E>> Set<E> some(Class<E> type, String field, String text) {
    Set<E> some = EnumSet.noneOf(type);
    if (text != null) {
      for (String name : text.split(",", -1)) {
        some.add(RequestFields.oneOf(type, field, name.strip()));
      }
    }
    return some;
  }

  private static String text(String text) {
    if (text != null && !VisibleText.Check.isFit(text.strip(), MAX_SEARCH)) {
      throw ProblemException.ofField("q", "invalid.filter");
    }
    return text == null ? null : text.strip();
  }

  /**
   * Returns the start of a page; null for the first page.
   *
   * @throws ProblemException if the text is not a cursor
   */
  public static TaskCursor cursor(String text) {
    return RequestFields.read("cursor", "invalid.cursor", text, TaskCursor::decode);
  }
}
