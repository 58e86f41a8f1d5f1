package io.maquette.push;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.task.TaskChanges;
import io.maquette.task.TaskEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Event feed of this node. It reads the log while there are subscriptions and passes new events to
 * them.
 */
@ApplicationScoped
public class EventFeed {

  private static final int ROWS_AT_ONCE = 500;

  /**
   * Maximum number of missed events that a subscription receives; after more, it begins with a
   * snapshot.
   */
  private static final int MAX_MISSED = 1000;

  private ChangeLog log;
  private Clock clock;
  private CoalescingTask trigger;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private MissingNumbers gaps;

  /** For CDI. */
  protected EventFeed() {}

  @Inject
  public EventFeed(ChangeLog log, Clock clock, Executor executor) {
    this.log = log;
    this.clock = clock;
    this.trigger = new CoalescingTask("the event feed", this::look, executor);
  }

  /**
   * Subscribes to changes.
   *
   * @param from position of the last event that the subscriber knows; null if it knows none. If it
   *     missed too many events, or the position is beyond the log, the subscription begins with a
   *     snapshot
   * @param ready called briefly, in any thread, whenever there is something to take
   */
  public Subscription subscribe(ChangeScope scope, StreamPosition from, Runnable ready) {
    Subscription subscription = new Subscription(scope, ready);
    StreamPosition at = add(subscription);
    try {
      begin(subscription, from, at);
    } catch (RuntimeException e) {
      unsubscribe(subscription);
      throw e;
    }
    return subscription;
  }

  private void begin(Subscription subscription, StreamPosition from, StreamPosition at) {
    if (from == null || isUnknown(from, at)) {
      subscription.beginWithSnapshot(at);
      return;
    }
    List<TaskEvent> missed =
        log.read(subscription.scope(), from.number(), from.gaps(), MAX_MISSED + 1);
    if (missed.size() > MAX_MISSED) {
      subscription.beginWithSnapshot(at);
    } else {
      subscription.beginAt(
          from,
          missed.stream().filter(event -> at.covers(event.id())).toList(),
          new TreeSet<>(at.gaps()));
    }
  }

  /**
   * Returns whether a position is beyond the log. Another node may have read further than this one,
   * but none further than the log.
   */
  private boolean isUnknown(StreamPosition from, StreamPosition at) {
    return from.number() > at.number() && from.number() > log.last();
  }

  private synchronized StreamPosition add(Subscription subscription) {
    if (subscriptions.isEmpty()) {
      gaps = startingPoint();
    }
    subscriptions.add(subscription);
    return gaps.position();
  }

  /**
   * Returns the starting point of the feed. Open transactions may still fill gaps a little below
   * the last number.
   */
  private MissingNumbers startingPoint() {
    long before = Math.max(0, log.last() - StreamPosition.MAX_GAPS);
    MissingNumbers start = new MissingNumbers(before);
    Instant now = clock.instant();
    log.read(ChangeScope.ALL, before, Set.of(), ROWS_AT_ONCE)
        .forEach(event -> start.seen(event.id(), now));
    return start;
  }

  /** Ends a subscription. */
  public void unsubscribe(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  /** Starts reading the log if there are subscriptions. */
  public void wake() {
    if (!subscriptions.isEmpty()) {
      trigger.wish();
    }
  }

  void afterChanges(@Observes(during = TransactionPhase.AFTER_SUCCESS) TaskChanges changes) {
    wake();
  }

  private synchronized void look() {
    Instant now = clock.instant();
    gaps.giveUpOld(now);
    List<TaskEvent> events;
    do {
      events = log.read(ChangeScope.ALL, gaps.last(), gaps.open(), ROWS_AT_ONCE);
      for (TaskEvent event : events) {
        gaps.seen(event.id(), now);
        NavigableSet<Long> open = gaps.open();
        subscriptions.forEach(subscription -> subscription.offer(event, open));
      }
    } while (events.size() == ROWS_AT_ONCE);
  }
}
