package io.maquette.watch;

import io.maquette.generation.Workers;
import io.maquette.platform.Rounds;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.platform.Ticks;
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

/** The ticks of the dwell watch on this node; all that must last is in the database. */
@Singleton
@Startup
@DependsOn({"Schema", "WorkerTimers"})
@TransactionManagement(TransactionManagementType.BEAN)
public class WatchTimers {

  @Resource private ManagedScheduledExecutorService threads;
  @Inject private Workers workers;
  @Inject private DwellWatch watch;
  @Inject private Settings settings;

  private Ticks ticks;

  @PostConstruct
  void start() {
    Rounds rounds = workers.beside("the dwell watch", watch::look);
    ticks = new Ticks(threads);
    ticks.every(settings.get(Setting.DWELL_INTERVAL), rounds::wish);
  }

  @PreDestroy
  void stop() {
    ticks.stop();
  }
}
