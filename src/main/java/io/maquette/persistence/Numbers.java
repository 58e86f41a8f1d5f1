package io.maquette.persistence;

import jakarta.persistence.EntityManager;
import java.util.List;

/**
 * Sequence numbers for new rows, all of a transaction in one statement. They are taken at the time
 * of writing, not reserved in blocks. The rows of a task are therefore numbered in the order of
 * writing, across nodes.
 */
public final class Numbers {

  private Numbers() {}

  /**
   * Takes the next numbers, in ascending order.
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
