package io.maquette.push.web;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.IntervalTimers;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.push.EventFeed;
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
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * EJB timers of the event streams: they read the log for events of other nodes and send heartbeats.
 */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class PushTimer {

  @Resource private TimerService timerService;
  @Inject private ScheduledExecutorService wakeUps;
  @Inject private Executor executor;
  @Inject private EventFeed feed;
  @Inject private PushClients clients;
  @Inject private Settings settings;
  private IntervalTimers timers;

  @PostConstruct
  void start() {
    CoalescingTask beats = new CoalescingTask("heartbeats", clients::beat, executor);
    timers = new IntervalTimers(timerService, wakeUps);
    timers.every(settings.get(Setting.PUSH_INTERVAL), "events of other nodes", feed::wake);
    timers.every(settings.get(Setting.PUSH_INTERVAL), "refused connections", clients::closeRefused);
    timers.every(settings.get(Setting.PUSH_HEARTBEAT), "heartbeats", beats::wish);
  }

  @Timeout
  void tick(Timer timer) {
    timers.run(timer);
  }
}
