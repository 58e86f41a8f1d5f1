package io.maquette.webhook;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.IntervalTimers;
import io.maquette.worker.WorkerPool;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** EJB timers of webhooks on this node. */
@Singleton
@Startup
@DependsOn({"Schema", "WorkerScheduler"})
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookTimers {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration FORGETTING = Duration.ofMinutes(1);

  @Resource private TimerService timerService;
  @Inject private ScheduledExecutorService wakeUps;
  @Inject private WorkerPool workers;
  @Inject private WebhookDispatcher sender;
  @Inject private Deliveries deliveries;

  private IntervalTimers timers;

  @PostConstruct
  void start() {
    CoalescingTask forgetting = workers.beside("old deliveries", deliveries::forgetOld);
    deliveries.endLeftovers();
    timers = new IntervalTimers(timerService, wakeUps);
    timers.every(TICK, "deliveries", sender::wake);
    timers.every(FORGETTING, "old deliveries", forgetting::wish);
  }

  @Timeout
  void tick(Timer timer) {
    timers.run(timer);
  }
}
