package io.maquette.push.web;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.Messages;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.push.ChangeScope;
import io.maquette.push.EventFeed;
import io.maquette.push.StreamPosition;
import io.maquette.task.TaskQueries;
import io.maquette.task.web.TaskJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Clients of the event streams of this node. */
@ApplicationScoped
public class PushClients {

  /** Time that a server may need between calling an endpoint and having its WebSocket open. */
  private static final Duration OPENING = Duration.ofMillis(200);

  private record Refusal(Instant at, Runnable closing) {}

  private final Set<PushClient> open = ConcurrentHashMap.newKeySet();
  private final Queue<Refusal> refused = new ConcurrentLinkedQueue<>();
  private TaskQueries queries;
  private TaskJson json;
  private EventFeed feed;
  private Settings settings;
  private Clock clock;
  private Executor executor;
  private volatile boolean stopped;

  /** For CDI. */
  protected PushClients() {}

  @Inject
  PushClients(
      TaskQueries queries,
      TaskJson json,
      EventFeed feed,
      Settings settings,
      Clock clock,
      Executor executor) {
    this.queries = queries;
    this.json = json;
    this.feed = feed;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
  }

  /** Returns the number of connected clients. */
  public int count() {
    return open.size();
  }

  /**
   * Returns the scope that a user may follow: one task, or all of the user's tasks.
   *
   * @param taskId null for all tasks
   * @throws io.maquette.task.TaskException.NotFound if the task does not exist or belongs to
   *     another user
   * @throws ProblemException if this node has reached its limit of clients or is stopping
   */
  ChangeScope admit(String owner, UUID taskId) {
    if (taskId != null) {
      queries.find(owner, taskId);
    }
    if (stopped || open.size() >= settings.get(Setting.PUSH_CLIENTS)) {
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    }
    return new ChangeScope(owner, taskId);
  }

  /**
   * Connects a client and starts its stream.
   *
   * @param from position of the last message that the client has; null to begin with a snapshot
   * @return the client, which the caller closes on disconnect
   */
  PushClient connect(ChangeScope scope, PushChannel channel, Messages texts, StreamPosition from) {
    PushClient client =
        new PushClient(scope, channel, texts, queries, json, feed, clock, executor, open::remove);
    open.add(client);
    try {
      client.open(from);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
    return client;
  }

  /** Schedules the closing of a refused connection, once it is certainly open. */
  void refuse(Runnable closing) {
    refused.add(new Refusal(clock.instant(), closing));
  }

  /** Closes the refused connections. */
  void closeRefused() {
    Instant opened = clock.instant().minus(OPENING);
    Refusal next = refused.peek();
    while (next != null && next.at().isBefore(opened)) {
      refused.remove();
      next.closing().run();
      next = refused.peek();
    }
  }

  /**
   * Sends a heartbeat to every client. A client that exceeds the maximum connection time is
   * disconnected. It reconnects, which checks its authorization again.
   */
  void beat() {
    Instant oldest = clock.instant().minus(settings.get(Setting.PUSH_LIFETIME));
    for (PushClient client : open) {
      if (client.since().isBefore(oldest)) {
        client.close();
      } else {
        client.beat();
      }
    }
  }

  /**
   * Disconnects all clients at shutdown; they reconnect to another node, or to this one after its
   * restart.
   */
  void stop(@Observes Shutdown shutdown) {
    stopped = true;
    open.forEach(PushClient::close);
  }
}
