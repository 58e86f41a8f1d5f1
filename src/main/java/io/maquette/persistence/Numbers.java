package io.maquette.persistence;

import jakarta.persistence.EntityManager;
import java.util.List;

/**
 * Numbers for new rows, as many as a transaction needs in one statement. They are taken when the
 * rows are written, not in blocks beforehand: rows of one task are numbered in the order they were
 * written, on whatever node.
 */
public final class Numbers {

  private Numbers() {}

  /**
   * The next numbers, ascending.
   *
   * @param sequence e.g. {@code task_event_number}
   * @param count not negative
   */
  public static long[] next(EntityManager entities, String sequence, int count) {
    if (count == 0) {
      return new long[0];
    }
    return Sql.rows(
            entities,
            "select nextval('"
                + sequence
                + "') from (values (0)"
                + ", (0)".repeat(count - 1)
                + ") numbers",
            List.of(),
            columns -> columns.getLong(1))
        .stream()
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
  }
}
