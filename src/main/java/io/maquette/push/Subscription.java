package io.maquette.push;

import io.maquette.task.TaskEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What somebody is to be told, in order. It holds a bounded number of changes; who does not take
 * them in time has to come back with the position of the last one taken.
 */
public final class Subscription {

  /** How many changes may wait to be taken. */
  static final int MAX_WAITING = 256;

  /**
   * A change and where the log stands behind it.
   *
   * @param position to come back with
   */
  public record Change(TaskEvent event, StreamPosition position) {}

  private record Row(TaskEvent event, NavigableSet<Long> open) {}

  private final ChangeScope scope;
  private final Runnable ready;
  private final Deque<Row> waiting = new ArrayDeque<>();
  private StreamPosition position;
  private boolean begun;
  private boolean fromSnapshot;
  private boolean overflown;

  /**
   * Collects from now on.
   *
   * @param ready called when there is something to take
   */
  Subscription(ChangeScope scope, Runnable ready) {
    this.scope = scope;
    this.ready = ready;
  }

  /** Has changes taken from a snapshot on, which is yet to be made. */
  synchronized void beginWithSnapshot(StreamPosition at) {
    position = at;
    fromSnapshot = true;
    begun = true;
  }

  /** Has changes taken from a position on; the missed ones come before those collected. */
  synchronized void beginAt(StreamPosition from, List<TaskEvent> missed, NavigableSet<Long> open) {
    position = from;
    Deque<Row> rows = new ArrayDeque<>();
    open.addAll(from.gaps());
    for (TaskEvent event : missed) {
      open.remove(event.id());
      rows.add(new Row(event, new TreeSet<>(open)));
    }
    rows.addAll(waiting);
    waiting.clear();
    waiting.addAll(rows);
    begun = true;
  }

  void offer(TaskEvent event, NavigableSet<Long> open) {
    if (!scope.contains(event)) {
      return;
    }
    synchronized (this) {
      if (overflown || waiting.size() >= MAX_WAITING) {
        overflown = true;
      } else {
        waiting.add(new Row(event, open));
      }
    }
    ready.run();
  }

  /** Whose changes these are. */
  public ChangeScope scope() {
    return scope;
  }

  /** Whether they follow a snapshot, not a position that was known. */
  public synchronized boolean isFromSnapshot() {
    return fromSnapshot;
  }

  /** Where it stands behind the last change taken. */
  public synchronized StreamPosition position() {
    return position;
  }

  /** Whether more changes came than it holds; what it holds may still be taken, no more comes. */
  public synchronized boolean isOverflown() {
    return overflown;
  }

  /** Takes the next changes; none before it has begun. */
  public synchronized List<Change> take(int max) {
    List<Change> taken = new ArrayList<>();
    while (begun && taken.size() < max && !waiting.isEmpty()) {
      Row row = waiting.poll();
      if (!position.covers(row.event().id())) {
        position = position.past(row.event().id(), row.open());
        taken.add(new Change(row.event(), position));
      }
    }
    return taken;
  }
}
