package io.maquette.monitoring;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.IntervalTimers;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
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
import java.util.concurrent.ScheduledExecutorService;

/** EJB timer of the overdue monitor on this node. */
@Singleton
@Startup
@DependsOn({"Schema", "WorkerScheduler"})
@TransactionManagement(TransactionManagementType.BEAN)
public class OverdueTimer {

  @Resource private TimerService timerService;
  @Inject private ScheduledExecutorService wakeUps;
  @Inject private WorkerPool workers;
  @Inject private OverdueMonitor watch;
  @Inject private Settings settings;

  private IntervalTimers timers;

  @PostConstruct
  void start() {
    CoalescingTask rounds = workers.beside("the dwell watch", watch::look);
    timers = new IntervalTimers(timerService, wakeUps);
    timers.every(settings.get(Setting.DWELL_INTERVAL), "overdue tasks", rounds::wish);
  }

  @Timeout
  void tick(Timer timer) {
    timers.run(timer);
  }
}
