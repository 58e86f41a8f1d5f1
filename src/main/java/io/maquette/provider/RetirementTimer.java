package io.maquette.provider;

import io.maquette.concurrent.Ticks;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;

/** Timer of the check for announced retirements: one minute after the start, then once a day. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class RetirementTimer {

  private static final Duration TICK = Duration.ofMinutes(1);

  private static final long TICKS_PER_DAY = Duration.ofDays(1).dividedBy(TICK);

  @Resource private ManagedScheduledExecutorService threads;
  @Inject private Retirements retirements;
  @Inject private Providers providers;

  private Ticks ticks;
  private long count;

  @PostConstruct
  void start() {
    ticks = new Ticks(threads);
    ticks.every(TICK, this::tick);
  }

  private void tick() {
    if (count % TICKS_PER_DAY == 0) {
      retirements.check(providers.chosen());
    }
    count++;
  }

  @PreDestroy
  void stop() {
    ticks.stop();
  }
}
