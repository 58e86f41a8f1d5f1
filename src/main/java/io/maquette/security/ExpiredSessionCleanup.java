package io.maquette.security;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Timer that deletes ended sessions and expired sign-in attempts every 5 minutes. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ExpiredSessionCleanup {

  private static final Logger LOG = Logger.getLogger(ExpiredSessionCleanup.class.getName());
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  @Resource private TimerService timers;
  @Inject private Sessions sessions;
  @Inject private SignInAttempts attempts;

  @PostConstruct
  void start() {
    timers.createIntervalTimer(
        INTERVAL.toMillis(), INTERVAL.toMillis(), new TimerConfig(null, false));
  }

  @Timeout
  void forget() {
    try {
      sessions.forgetOld();
      attempts.forgetOld();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Expired sessions were not deleted; the next run retries", e);
    }
  }
}
