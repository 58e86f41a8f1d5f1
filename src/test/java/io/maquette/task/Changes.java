package io.maquette.task;

import io.maquette.push.ChangeLog;
import io.maquette.push.ChangeScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * In-memory change log in which a test chooses the numbers of rows and when they become visible.
 */
public final class Changes extends ChangeLog {

  public static final UUID TASK = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private final List<TaskEvent> rows = new ArrayList<>();

  /** Makes a row visible, like the commit of a transaction. */
  public synchronized void commit(long number, String owner) {
    TaskEvent row = task(owner).takeNewEvents().get(0);
    try {
      var id = TaskEvent.class.getDeclaredField("id");
      id.setAccessible(true);
      id.set(row, number);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    rows.add(row);
    rows.sort((one, other) -> Long.compare(one.id(), other.id()));
  }

  /** Returns the task of all rows, as created. */
  public static Task task(String owner) {
    return Task.create(TASK, owner, "p", new ChangeContext("test", "node-1", Instant.EPOCH));
  }

  @Override
  public synchronized long last() {
    return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).id();
  }

  @Override
  public synchronized List<TaskEvent> read(
      ChangeScope scope, long after, Collection<Long> gaps, int max) {
    return rows.stream()
        .filter(row -> (row.id() > after || gaps.contains(row.id())) && scope.contains(row))
        .limit(max)
        .toList();
  }
}
