package io.maquette.batch;

import io.maquette.concurrent.ShutdownWait;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts jobs, stops them and has them go on. The row of a run is committed before its execution
 * begins; what an execution does stands in that row, and nobody asks the server's batch runtime
 * about it. {@link BatchRunService} tells how runs are doing.
 */
@ApplicationScoped
public class BatchJobLauncher {

  private static final Logger LOG = Logger.getLogger(BatchJobLauncher.class.getName());

  /** How long a portion may take to end when the server stops. */
  private static final Duration PORTION = Duration.ofSeconds(5);

  private BatchRunService runs;
  private RunLeases leases;
  private LocalRuns locals;
  private Days days;
  private Settings settings;
  private Clock clock;

  /** Required by CDI. */
  protected BatchJobLauncher() {}

  @Inject
  BatchJobLauncher(
      BatchRunService runs,
      RunLeases leases,
      LocalRuns locals,
      Days days,
      Settings settings,
      Clock clock) {
    this.runs = runs;
    this.leases = leases;
    this.locals = locals;
    this.days = days;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts an import.
   *
   * @throws JobActiveException if one is active
   */
  public Run start(ImportOrder order, OrderedBy by) {
    return execute(
        runs.begin(
            BatchJobType.IMPORT,
            order.parameters(),
            order.skipLimit(),
            order.file().content(),
            by));
  }

  /**
   * Starts a redrive.
   *
   * @throws JobActiveException if one is active
   */
  public Run start(RedriveOrder order, OrderedBy by) {
    return start(BatchJobType.REDRIVE, order.parameters(), by);
  }

  /**
   * Starts a retention.
   *
   * @param age how long tasks must not have changed; at least a day
   * @throws JobActiveException if one is active
   */
  public Run startRetention(Duration age, OrderedBy by) {
    return start(BatchJobType.RETENTION, FinishedTasks.parameters(age), by);
  }

  /**
   * Starts a check of all files.
   *
   * @throws JobActiveException if one is active
   */
  public Run startVerifyAssets(OrderedBy by) {
    return start(BatchJobType.VERIFY_ASSETS, RunParameters.NONE, by);
  }

  /**
   * Starts a report.
   *
   * @param from the first day; null for the last one that was reported, which may not have been
   *     over
   * @param to the last day; null for today
   * @throws JobActiveException if one is active
   */
  public Run startDwellReport(LocalDate from, LocalDate to, OrderedBy by) {
    return start(BatchJobType.DWELL_REPORT, days.parameters(from, to), by);
  }

  private Run start(BatchJobType job, RunParameters parameters, OrderedBy by) {
    return execute(runs.begin(job, parameters, job.skipLimit(), null, by));
  }

  /**
   * Goes on with a run that ended before its end, on this node.
   *
   * @throws RunNotFoundException if there is none
   * @throws RunStateException if it is active or has come to its end
   * @throws JobActiveException if another run of the job is active
   */
  public Run startAgain(long run, OrderedBy by) {
    return execute(runs.beginAgain(run, by));
  }

  /**
   * Asks a run to stop, on whichever node it is; it does after the portion it is at.
   *
   * @throws RunNotFoundException if there is none
   * @throws RunStateException if it is not active
   */
  public Run stop(long run, OrderedBy by) {
    Run stopping = runs.wishStop(run, by);
    locals.find(run).ifPresent(LocalRun::wishStop);
    return stopping;
  }

  private Run execute(Run run) {
    LocalRun local = locals.add(run);
    Properties properties = new Properties();
    properties.setProperty(Execution.RUN, run.id().toString());
    try {
      BatchRuntime.getJobOperator().start(run.job().id(), properties);
      return run;
    } catch (BatchRuntimeException e) {
      locals.remove(local);
      runs.end(local, RunStatus.FAILED, "the server's batch runtime did not start it");
      throw e;
    }
  }

  /** Starts what is due by the schedule and no other node has seen to. */
  void startDue() {
    for (BatchJobType job : BatchJobType.values()) {
      nextOrLast(job, false)
          .flatMap(due -> runs.beginIfDue(job, due, scheduled(job)))
          .ifPresent(this::execute);
    }
  }

  private RunParameters scheduled(BatchJobType job) {
    return switch (job) {
      case IMPORT -> throw new IllegalStateException("an import needs a file");
      case REDRIVE -> RedriveOrder.scheduled(clock.instant()).parameters();
      case RETENTION -> FinishedTasks.parameters(settings.get(Setting.RETENTION_AGE));
      case VERIFY_ASSETS -> RunParameters.NONE;
      case DWELL_REPORT -> days.parameters(null, null);
    };
  }

  /** When a job is due next by the schedule; empty if it is not in it. */
  public Optional<Instant> nextDue(BatchJobType job) {
    return nextOrLast(job, true);
  }

  private Optional<Instant> nextOrLast(BatchJobType job, boolean next) {
    Instant now = clock.instant();
    return timeOf(job)
        .map(
            time -> {
              Instant today =
                  LocalDate.ofInstant(now, ZoneOffset.UTC).atTime(time).toInstant(ZoneOffset.UTC);
              Duration day = Duration.ofDays(1);
              if (next) {
                return today.isAfter(now) ? today : today.plus(day);
              }
              return today.isAfter(now) ? today.minus(day) : today;
            });
  }

  private Optional<LocalTime> timeOf(BatchJobType job) {
    return switch (job) {
      case IMPORT -> Optional.empty();
      case REDRIVE -> settings.get(Setting.REDRIVE_AT);
      case RETENTION -> settings.get(Setting.RETENTION_AT);
      case VERIFY_ASSETS -> settings.get(Setting.VERIFY_ASSETS_AT);
      case DWELL_REPORT -> settings.get(Setting.DWELL_REPORT_AT);
    };
  }

  /**
   * Has this node's runs end after the portion they are at, and marks them as stopped. This event
   * comes while the database can still be reached.
   */
  void stop(@Observes Shutdown shutdown) {
    locals.all().forEach(LocalRun::wishStop);
    try {
      ShutdownWait.within(PORTION, () -> locals.all().isEmpty());
      leases.giveUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "Runs of this node stay marked as active until their leases end", e);
    }
  }
}
