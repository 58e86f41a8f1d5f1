package io.maquette.batch;

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
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Timer that runs every 5 seconds: it renews leases, abandons expired runs and starts due jobs. The
 * timer itself is not persistent; all state is in the database.
 */
@Singleton
@Startup
@DependsOn({"Schema", "Heartbeat"})
@TransactionManagement(TransactionManagementType.BEAN)
public class JobTimers {

  private static final Logger LOG = Logger.getLogger(JobTimers.class.getName());
  private static final Duration TICK = Duration.ofSeconds(5);

  @Resource private TimerService timers;
  @Inject private BatchJobLauncher jobs;
  @Inject private RunLeases leases;
  @Inject private LocalRuns locals;

  @PostConstruct
  void start() {
    try {
      int leftovers = leases.abandonLeftovers();
      if (leftovers > 0) {
        LOG.warning(() -> "Unfinished batch runs of the previous process: " + leftovers);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be queried", e);
    }
    timers.createIntervalTimer(TICK.toMillis(), TICK.toMillis(), new TimerConfig(null, false));
  }

  @Timeout
  void tick() {
    try {
      for (LocalRun run : locals.all()) {
        if (!leases.renew(run)) {
          run.requestStop();
        }
      }
      leases.abandonExpired();
      jobs.startDue();
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "The timer of the batch jobs failed; it runs again in 5 seconds", e);
    }
  }
}
