package io.maquette.push.web;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.http.Messages;
import io.maquette.http.PageLimit;
import io.maquette.persistence.Page;
import io.maquette.push.ChangeScope;
import io.maquette.push.EventFeed;
import io.maquette.push.StreamPosition;
import io.maquette.push.Subscription;
import io.maquette.task.Task;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskFilter;
import io.maquette.task.TaskQueries;
import io.maquette.task.web.TaskJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Client of an event stream. It receives one message at a time, each after the previous one was
 * sent. A client that is too slow is disconnected.
 */
final class PushClient {

  private static final Logger LOG = Logger.getLogger(PushClient.class.getName());

  /** Number of tasks in a snapshot of all tasks, newest first. */
  private static final int SNAPSHOT_TASKS = PageLimit.DEFAULT;

  /**
   * Maximum number of messages that are prepared ahead and buffered for a client that does not
   * read.
   */
  private static final int CHANGES_AT_ONCE = 10;

  /** Maximum time for sending one message. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChangeScope scope;
  private final PushChannel channel;
  private final TaskQueries queries;
  private final TaskJson json;
  private final EventFeed feed;
  private final Clock clock;
  private final Consumer<PushClient> onClose;
  private final CoalescingTask trigger;
  private final Instant since;
  private final Queue<PushMessage> outgoing = new ArrayDeque<>();
  private final AtomicReference<Instant> sendingSince = new AtomicReference<>();
  private volatile Subscription subscription;
  private volatile boolean heartbeatDue;
  private volatile boolean ending;
  private volatile boolean closed;
  private boolean snapshotSent;

  PushClient(
      ChangeScope scope,
      PushChannel channel,
      Messages texts,
      TaskQueries queries,
      TaskJson json,
      EventFeed feed,
      Clock clock,
      Executor executor,
      Consumer<PushClient> onClose) {
    this.scope = scope;
    this.channel = channel;
    this.queries = queries;
    this.json = json;
    this.feed = feed;
    this.clock = clock;
    this.onClose = onClose;
    this.since = clock.instant();
    this.trigger =
        new CoalescingTask("an event stream", () -> texts.during(this::sendNext), executor);
  }

  /** Starts the stream after a position, or with a snapshot if there is none. */
  void open(StreamPosition from) {
    subscription = feed.subscribe(scope, from, trigger::request);
    if (closed) {
      feed.unsubscribe(subscription);
    }
    trigger.request();
  }

  private void sendNext() {
    if (closed || subscription == null || sendingSince.get() != null) {
      return; // an event may arrive while the client subscribes; the next run sends it
    }
    PushMessage next;
    try {
      next = next();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An event stream failed and is closed; its client reconnects", e);
      close();
      return;
    }
    if (next != null) {
      send(next);
    } else if (ending) {
      close();
    }
  }

  private void send(PushMessage message) {
    sendingSince.set(clock.instant());
    try {
      channel.send(message).whenComplete((nothing, failure) -> sent(failure));
    } catch (RuntimeException e) {
      sent(e);
    }
  }

  private void sent(Throwable failure) {
    sendingSince.set(null);
    if (failure == null) {
      trigger.request();
    } else {
      LOG.log(Level.FINE, "The client of an event stream is gone", failure);
      close();
    }
  }

  private PushMessage next() {
    if (outgoing.isEmpty()) {
      ending = ending || channel.isSpent();
      fetch();
    }
    PushMessage next = outgoing.poll();
    if (next == null && heartbeatDue && !ending) {
      next = PushMessage.heartbeat(clock.instant());
    }
    heartbeatDue = false; // any message shows that the stream is alive
    return next;
  }

  private void fetch() {
    if (subscription.isFromSnapshot() && !snapshotSent) {
      snapshotSent = true;
      outgoing.add(snapshot());
    } else if (!ending) {
      List<Subscription.Change> changes = subscription.take(CHANGES_AT_ONCE);
      ending = changes.isEmpty() && subscription.isOverflown();
      translate(changes);
    }
  }

  private PushMessage snapshot() {
    StreamPosition at = subscription.position();
    return scope.taskId() == null
        ? newestTasks(at)
        : PushMessage.snapshot(at, json.of(queries.find(scope.owner(), scope.taskId())));
  }

  private PushMessage newestTasks(StreamPosition at) {
    Page<Task, TaskCursor> newest =
        queries.list(scope.owner(), new TaskFilter(Set.of(), null), SNAPSHOT_TASKS, null);
    return PushMessage.snapshot(at, newest.items().stream().map(json::of).toList(), newest.next());
  }

  private void translate(List<Subscription.Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Map<UUID, Task> tasks =
        queries
            .findAll(
                scope.owner(),
                changes.stream().map(change -> change.event().taskId()).collect(Collectors.toSet()))
            .stream()
            .collect(Collectors.toMap(Task::id, Function.identity()));
    for (Subscription.Change change : changes) {
      TaskEvent event = change.event();
      Task task = tasks.get(event.taskId());
      if (event.type() == TaskEvent.Type.DELETED) {
        outgoing.add(PushMessage.deletion(change.position(), event));
        ending = scope.taskId() != null;
      } else if (task != null) { // else its deletion event follows
        outgoing.add(PushMessage.change(change.position(), event, json.of(task)));
      }
    }
  }

  /** Returns when the client connected. */
  Instant since() {
    return since;
  }

  /** Sends a heartbeat unless another message is due; disconnects a client that does not read. */
  void beat() {
    Instant sending = sendingSince.get();
    if (sending != null && sending.plus(PATIENCE).isBefore(clock.instant())) {
      close();
    } else {
      heartbeatDue = true;
      trigger.request();
    }
  }

  /** Disconnects the client. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (subscription != null) {
      feed.unsubscribe(subscription);
    }
    onClose.accept(this);
    try {
      channel.close();
    } catch (RuntimeException e) { // Payara may have closed the connection already
      LOG.log(Level.FINE, "An event stream was closed without its last message", e);
    }
  }
}
