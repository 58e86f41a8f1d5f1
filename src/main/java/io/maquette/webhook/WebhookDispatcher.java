package io.maquette.webhook;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.ShutdownWait;
import io.maquette.task.TaskChanges;
import io.maquette.telemetry.LogThrottle;
import io.maquette.worker.WorkerPool;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Dispatcher that fills the outbox and sends due deliveries on this node. It runs after each change
 * that this node commits, and at every tick. Without webhooks, it makes one query per tick.
 */
@ApplicationScoped
public class WebhookDispatcher {

  /** Number of messages that a node sends at the same time. */
  static final int MAX_SENDING = 16;

  /** Concurrency limit per webhook, so that a receiver that hangs does not occupy all threads. */
  private static final int MAX_SENDING_EACH = 4;

  private static final Logger LOG = Logger.getLogger(WebhookDispatcher.class.getName());
  private static final Duration GRACE = Duration.ofSeconds(5);

  @Inject private Outbox outbox;
  @Inject private Deliveries deliveries;
  @Inject private WebhookHttpClient client;
  @Inject private WorkerPool workers;
  @Inject private Executor executor;
  @Inject private Clock clock;

  private final LogThrottle limit = new LogThrottle();
  private final AtomicInteger sending = new AtomicInteger();
  private final Map<UUID, Integer> busy = new ConcurrentHashMap<>();
  private CoalescingTask trigger;
  private volatile boolean needed;
  private volatile boolean stopped;

  @PostConstruct
  void set() {
    trigger = workers.beside("webhooks", this::fillAndSend);
  }

  void afterChanges(@Observes(during = TransactionPhase.AFTER_SUCCESS) TaskChanges changes) {
    if (needed) {
      wake();
    }
  }

  /** Requests a run. */
  void wake() {
    if (!stopped) {
      trigger.wish();
    }
  }

  private void fillAndSend() {
    needed = outbox.isNeeded();
    if (!needed) {
      return;
    }
    boolean more;
    do {
      more = outbox.fill();
    } while (more && !stopped);
    int free = MAX_SENDING - sending.get();
    while (free > 0 && !stopped) {
      List<Deliveries.OutgoingMessage> messages =
          deliveries.claim(free, Map.copyOf(busy), MAX_SENDING_EACH);
      messages.forEach(this::submit);
      free = messages.isEmpty() ? 0 : MAX_SENDING - sending.get();
    }
  }

  private void submit(Deliveries.OutgoingMessage message) {
    sending.incrementAndGet();
    busy.merge(message.webhook(), 1, Integer::sum);
    try {
      executor.execute(() -> deliver(message));
    } catch (RejectedExecutionException e) {
      done(message);
      deliveries.release(message);
      throw e;
    }
  }

  private void deliver(Deliveries.OutgoingMessage message) {
    try {
      if (stopped) {
        deliveries.release(message);
        return;
      }
      DeliveryResponse answer = client.send(message, clock.instant());
      if (!stopped || answer.isAcceptance()) {
        deliveries.answered(message, answer);
      } else {
        deliveries.release(message); // the shutdown of this node aborted the attempt
      }
      // the database is unavailable: the lease expires, and another attempt follows
    } catch (EJBException e) {
      LOG.log(Level.INFO, e, () -> "The result of event " + message.id() + " was not stored");
    } catch (RuntimeException e) {
      limit.log(
          LOG,
          Level.WARNING,
          e.getClass().getName(),
          () -> "The result of event " + message.id() + " was not stored: " + e);
    } finally {
      done(message);
      wake(); // the next event of the same task may be due now
    }
  }

  private void done(Deliveries.OutgoingMessage message) {
    busy.computeIfPresent(message.webhook(), (id, count) -> count == 1 ? null : count - 1);
    sending.decrementAndGet();
  }

  /**
   * Aborts running attempts at shutdown and waits until they are released; another node sends them.
   */
  void stop(@Observes Shutdown shutdown) {
    stopped = true;
    client.close();
    try {
      ShutdownWait.within(GRACE, () -> sending.get() == 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
