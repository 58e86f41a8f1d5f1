package io.maquette.push.web;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.Ticks;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.push.EventFeed;
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
import java.util.concurrent.Executor;

/** Timer of the event streams: it reads the log for events of other nodes and sends heartbeats. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class PushTimer {

  @Resource private ManagedScheduledExecutorService threads;
  @Inject private Executor executor;
  @Inject private EventFeed feed;
  @Inject private PushClients clients;
  @Inject private Settings settings;
  private Ticks ticks;

  @PostConstruct
  void start() {
    CoalescingTask beats = new CoalescingTask("heartbeats", clients::beat, executor);
    ticks = new Ticks(threads);
    ticks.every(settings.get(Setting.PUSH_INTERVAL), feed::wake);
    ticks.every(settings.get(Setting.PUSH_INTERVAL), clients::closeRefused);
    ticks.every(settings.get(Setting.PUSH_HEARTBEAT), beats::wish);
  }

  @PreDestroy
  void stop() {
    ticks.stop();
  }
}
