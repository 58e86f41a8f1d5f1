package io.maquette.webhook;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.Ticks;
import io.maquette.worker.WorkerPool;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Timers of webhooks on this node; they are not persistent, because all state is in the database.
 */
@Singleton
@Startup
@DependsOn({"Schema", "WorkerScheduler"})
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookTimers {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration FORGETTING = Duration.ofMinutes(1);

  @Resource private ManagedScheduledExecutorService threads;
  @Inject private WorkerPool workers;
  @Inject private WebhookDispatcher sender;
  @Inject private Deliveries deliveries;

  private Ticks ticks;

  @PostConstruct
  void start() {
    CoalescingTask forgetting = workers.beside("old deliveries", deliveries::forgetOld);
    deliveries.endLeftovers();
    ticks = new Ticks(threads);
    ticks.every(TICK, sender::wake);
    ticks.every(FORGETTING, forgetting::wish);
  }

  @PreDestroy
  void stop() {
    ticks.stop();
  }
}
