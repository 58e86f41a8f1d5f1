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

/** The clients this node tells of changes. */
@ApplicationScoped
public class PushClients {

  /** How long a server may take from its call to a socket's end of being opened. */
  private static final Duration OPENING = Duration.ofMillis(200);

  private record Refusal(Instant at, Runnable closing) {}

  private final Set<PushClient> open = ConcurrentHashMap.newKeySet();
  private final Queue<Refusal> refused = new ConcurrentLinkedQueue<>();
  private TaskQueries queries;
  private EventFeed feed;
  private Settings settings;
  private Clock clock;
  private Executor executor;
  private volatile boolean stopped;

  /** For CDI. */
  protected PushClients() {}

  @Inject
  PushClients(
      TaskQueries queries, EventFeed feed, Settings settings, Clock clock, Executor executor) {
    this.queries = queries;
    this.feed = feed;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
  }

  /** How many there are. */
  public int count() {
    return open.size();
  }

  /**
   * What somebody may follow: one task, or all of theirs.
   *
   * @param taskId null for all
   * @throws io.maquette.task.TaskNotFoundException if there is no such task, or it is somebody
   *     else's
   * @throws ProblemException if this node has no room for one more client
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
   * Begins to tell.
   *
   * @param from the position of the last message the client has; null for a snapshot first
   * @return to be closed when the client goes
   */
  PushClient connect(ChangeScope scope, PushChannel channel, Messages texts, StreamPosition from) {
    PushClient client =
        new PushClient(scope, channel, texts, queries, feed, clock, executor, open::remove);
    open.add(client);
    try {
      client.open(from);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
    return client;
  }

  /** Has somebody closed who is not to be told anything, once there is no doubt that it is open. */
  void refuse(Runnable closing) {
    refused.add(new Refusal(clock.instant(), closing));
  }

  /** Closes who was refused. */
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
   * Lets every client know that its stream is alive. One that has been there for long is let go: it
   * comes back, and whether it still may come is looked at again.
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

  /** Clients come back to another node, or to this one when it is there again. */
  void stop(@Observes Shutdown shutdown) {
    stopped = true;
    open.forEach(PushClient::close);
  }
}
