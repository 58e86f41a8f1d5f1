package io.maquette.worker;

import io.maquette.cluster.LocalNode;
import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.Ticks;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.OutboundProxy;
import io.maquette.persistence.DatabaseClock;
import io.maquette.provider.Providers;
import io.maquette.task.DailyCreations;
import io.maquette.task.IdempotencyKeys;
import io.maquette.task.queue.Leases;
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
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Scheduler of this node's ticks. Ticks run outside transactions and are not stored, because
 * everything durable is in the database. Every node has its own. The first tick follows the schema
 * update and the registration of the node's name. The workers stop by themselves at shutdown.
 */
@Singleton
@Startup
@DependsOn({"Schema", "Heartbeat"})
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkerScheduler {

  private static final Logger LOG = Logger.getLogger(WorkerScheduler.class.getName());
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);

  @Resource private ManagedScheduledExecutorService threads;
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

  private Ticks ticks;

  @PostConstruct
  void start() {
    // in the background, so that a hanging store does not delay the workers' ticks
    CoalescingTask housekeeping = workers.beside("housekeeping", this::keepHouse);
    CoalescingTask rechecks =
        workers.beside("results that nobody waits for", abandonedResults::recheck);
    providers.check();
    OutboundProxy.warnOfVariables();
    int leftovers = endLeftovers();
    workers.start();
    ticks = new Ticks(threads);
    ticks.every(settings.get(Setting.WORKER_TICK), workers::tick);
    ticks.every(HOUSEKEEPING, housekeeping::wish);
    ticks.every(HOUSEKEEPING, rechecks::wish);
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

  @PreDestroy
  void stop() {
    ticks.stop();
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
