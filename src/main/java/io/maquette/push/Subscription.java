package io.maquette.push;

import io.maquette.task.TaskEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Bounded queue of the events for one subscriber, in order. A subscriber that takes them too slowly
 * has to reconnect with the position of the last event that it took.
 */
public final class Subscription {

  /** Maximum number of waiting events. */
  static final int MAX_WAITING = 256;

  /**
   * Event with the log position after it.
   *
   * @param position position to reconnect with
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
   * Creates a subscription that collects events from now on.
   *
   * @param ready called when there is something to take
   */
  Subscription(ChangeScope scope, Runnable ready) {
    this.scope = scope;
    this.ready = ready;
  }

  /** Starts the subscription after a snapshot, which the subscriber reads later. */
  synchronized void beginWithSnapshot(StreamPosition at) {
    position = at;
    fromSnapshot = true;
    begun = true;
  }

  /** Starts the subscription after a position; the missed events precede the collected ones. */
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

  /** Returns the scope of the events. */
  public ChangeScope scope() {
    return scope;
  }

  /** Returns whether the events follow a snapshot instead of a known position. */
  public synchronized boolean isFromSnapshot() {
    return fromSnapshot;
  }

  /** Returns the position after the last event taken. */
  public synchronized StreamPosition position() {
    return position;
  }

  /**
   * Returns whether more events arrived than the queue holds; the waiting ones can still be taken,
   * but no more arrive.
   */
  public synchronized boolean isOverflown() {
    return overflown;
  }

  /** Takes the next events; returns none before the subscription has started. */
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
