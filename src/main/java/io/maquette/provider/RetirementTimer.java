package io.maquette.provider;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
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

/**
 * EJB timer of the check for announced retirements: one minute after the start, then once a day.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class RetirementTimer {

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofDays(1);

  @Resource private TimerService timers;
  @Inject private Retirements retirements;
  @Inject private Providers providers;

  @PostConstruct
  void start() {
    timers.createIntervalTimer(
        FIRST.toMillis(), INTERVAL.toMillis(), new TimerConfig("retirements", false));
  }

  @Timeout
  void check(Timer timer) {
    retirements.check(providers.chosen());
  }
}
