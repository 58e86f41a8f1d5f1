package io.maquette.task.web;

import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskFilter;
import io.maquette.task.TaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parser of path, query and header parameters; a refusal names the invalid parameter. */
public final class Parameters {

  private static final int MAX_SEARCH = 100;
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

  private Parameters() {}

  /** Parses a task id; any other text is refused as not found. */
  public static UUID id(String text) {
    return RequestFields.id(text);
  }

  static TaskCursor cursor(String text) {
    return RequestFields.read("cursor", "invalid.cursor", text, TaskCursor::decode);
  }

  /** Parses the cursor of a history: the number of the last row of the previous page. */
  static long after(String text) {
    if (text == null) {
      return 0;
    }
    if (!text.matches("\\d{1,18}")) {
      throw ProblemException.ofField("cursor", "invalid.cursor");
    }
    return Long.parseLong(text);
  }

  static TaskFilter filter(List<String> statuses, String text) {
    Set<TaskStatus> wanted = EnumSet.noneOf(TaskStatus.class);
    for (String list : statuses) {
      for (String name : list.split(",", -1)) {
        wanted.add(RequestFields.oneOf(TaskStatus.class, "status", name.strip()));
      }
    }
    return new TaskFilter(wanted, search(text));
  }

  private static String search(String text) {
    if (text == null) {
      return null;
    }
    String search = text.strip();
    int length = search.codePointCount(0, search.length());
    if (length < 1 || length > MAX_SEARCH || search.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.ofField("q", "invalid.search");
    }
    return search;
  }

  static String idempotencyKey(String header) {
    if (header != null && !KEY.matcher(header).matches()) {
      throw ProblemException.ofField("Idempotency-Key", "invalid.key");
    }
    return header;
  }

  public static int imageIndex(String text) {
    if (!text.matches("[0-9]|1[01]")) { // up to Task.MAX_IMAGES - 1
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    return Integer.parseInt(text);
  }
}
