package io.maquette.task.web;

import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.push.ChangeFeed;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;

/** Ticks for push: time to look for other nodes' changes, and time for a heartbeat. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class PushTimer {

  private enum Tick {
    LOOK,
    BEAT
  }

  @Resource private TimerService timers;
  @Inject private ChangeFeed feed;
  @Inject private PushClients clients;
  @Inject private Settings settings;

  @PostConstruct
  void start() {
    every(settings.get(Setting.PUSH_INTERVAL), Tick.LOOK);
    every(settings.get(Setting.PUSH_HEARTBEAT), Tick.BEAT);
  }

  private void every(Duration interval, Tick tick) {
    timers.createIntervalTimer(
        interval.toMillis(), interval.toMillis(), new TimerConfig(tick, false));
  }

  @Timeout
  void tick(Timer timer) {
    if (timer.getInfo() == Tick.LOOK) {
      feed.wake();
    } else {
      clients.beat();
    }
  }
}
