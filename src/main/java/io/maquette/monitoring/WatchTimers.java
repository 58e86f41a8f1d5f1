package io.maquette.monitoring;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.Ticks;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
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

/**
 * Timers of the overdue monitor on this node; they are not persistent, because all state is in the
 * database.
 */
@Singleton
@Startup
@DependsOn({"Schema", "WorkerScheduler"})
@TransactionManagement(TransactionManagementType.BEAN)
public class WatchTimers {

  @Resource private ManagedScheduledExecutorService threads;
  @Inject private WorkerPool workers;
  @Inject private OverdueMonitor watch;
  @Inject private Settings settings;

  private Ticks ticks;

  @PostConstruct
  void start() {
    CoalescingTask rounds = workers.beside("the dwell watch", watch::look);
    ticks = new Ticks(threads);
    ticks.every(settings.get(Setting.DWELL_INTERVAL), rounds::wish);
  }

  @PreDestroy
  void stop() {
    ticks.stop();
  }
}
