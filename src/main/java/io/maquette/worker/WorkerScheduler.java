package io.maquette.worker;

import io.maquette.cluster.LocalNode;
import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.IntervalTimers;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.OutboundProxy;
import io.maquette.persistence.DatabaseClock;
import io.maquette.provider.Providers;
import io.maquette.task.DailyCreations;
import io.maquette.task.IdempotencyKeys;
import io.maquette.task.queue.Leases;
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
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * EJB timers of the workers and of housekeeping on this node. Timers run outside transactions. The
 * first run follows the schema update and the registration of the node's name. The workers stop by
 * themselves at shutdown.
 */
@Singleton
@Startup
@DependsOn({"Schema", "Heartbeat"})
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkerScheduler {

  private static final Logger LOG = Logger.getLogger(WorkerScheduler.class.getName());
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);

  @Resource private TimerService timerService;
  @Inject private ScheduledExecutorService wakeUps;
  @Inject private WorkerPool workers;
  @Inject private FileSweeper sweeper;
  @Inject private AbandonedResultChecker abandonedResults;
  @Inject private Leases leases;
  @Inject private IdempotencyKeys idempotencyKeys;
  @Inject private DailyCreations dailyCreations;
  @Inject private Providers providers;
  @Inject private DatabaseClock clock;
  @Inject private Settings settings;
  @Inject private LocalNode node;

  private IntervalTimers timers;

  @PostConstruct
  void start() {
    // in the background, so that a hanging store does not delay the workers' ticks
    CoalescingTask housekeeping = workers.beside("housekeeping", this::keepHouse);
    CoalescingTask rechecks =
        workers.beside("results of abandoned submissions", abandonedResults::recheck);
    providers.check();
    OutboundProxy.warnOfVariables();
    int leftovers = endLeftovers();
    workers.start();
    timers = new IntervalTimers(timerService, wakeUps);
    timers.every(settings.get(Setting.WORKER_TICK), "workers", workers::tick);
    timers.every(HOUSEKEEPING, "housekeeping", housekeeping::wish);
    timers.every(HOUSEKEEPING, "abandoned results", rechecks::wish);
    LOG.info(
        () ->
            "Node "
                + node.name()
                + " is at work; tasks an earlier life left half done: "
                + leftovers);
  }

  private int endLeftovers() {
    try {
      return leases.endLeftovers();
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be asked", e);
    }
  }

  @Timeout
  void tick(Timer timer) {
    timers.run(timer);
  }

  private void keepHouse() {
    try {
      clock.synchronise();
      sweeper.sweep();
      workers.restoreFiles();
      idempotencyKeys.forgetOld();
      dailyCreations.forgetBefore(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "Housekeeping was not finished; it comes again", e);
    }
  }
}
