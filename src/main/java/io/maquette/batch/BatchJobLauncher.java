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
 * Service that starts, stops and restarts batch runs. It commits the row of a run before the
 * execution begins. An execution records its progress in this row; the application never queries
 * the server's batch runtime. {@link BatchRunService} reads the runs.
 */
@ApplicationScoped
public class BatchJobLauncher {

  private static final Logger LOG = Logger.getLogger(BatchJobLauncher.class.getName());

  /** Time that a chunk has to end when the server stops. */
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
   * @throws BatchException.JobActive if a run of this job is active
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
   * @throws BatchException.JobActive if a run of this job is active
   */
  public Run start(RedriveOrder order, OrderedBy by) {
    return start(BatchJobType.REDRIVE, order.parameters(), by);
  }

  /**
   * Starts a retention run, which deletes old finished tasks.
   *
   * @param age minimum time since a task's last change; at least one day
   * @throws BatchException.JobActive if a run of this job is active
   */
  public Run startRetention(Duration age, OrderedBy by) {
    return start(BatchJobType.RETENTION, FinishedTasks.parameters(age), by);
  }

  /**
   * Starts a check of all files.
   *
   * @throws BatchException.JobActive if a run of this job is active
   */
  public Run startVerifyAssets(OrderedBy by) {
    return start(BatchJobType.VERIFY_ASSETS, RunParameters.NONE, by);
  }

  /**
   * Starts a report of the times in status.
   *
   * @param from first day; null for the last computed day, which may have been incomplete
   * @param to last day; null for today
   * @throws BatchException.JobActive if a run of this job is active
   */
  public Run startDwellReport(LocalDate from, LocalDate to, OrderedBy by) {
    return start(BatchJobType.DWELL_REPORT, days.parameters(from, to), by);
  }

  private Run start(BatchJobType job, RunParameters parameters, OrderedBy by) {
    return execute(runs.begin(job, parameters, job.skipLimit(), null, by));
  }

  /**
   * Restarts a run on this node; it continues at its checkpoint.
   *
   * @throws BatchException.RunNotFound if the run does not exist
   * @throws BatchException.WrongStatus if the run is active or completed
   * @throws BatchException.JobActive if another run of the job is active
   */
  public Run startAgain(long run, OrderedBy by) {
    return execute(runs.beginAgain(run, by));
  }

  /**
   * Asks a run to stop, on any node; it stops after its current chunk.
   *
   * @throws BatchException.RunNotFound if the run does not exist
   * @throws BatchException.WrongStatus if the run is not active
   */
  public Run stop(long run, OrderedBy by) {
    Run stopping = runs.requestStop(run, by);
    locals.find(run).ifPresent(LocalRun::requestStop);
    return stopping;
  }

  private Run execute(Run run) {
    LocalRun local = locals.add(run);
    Properties properties = new Properties();
    properties.setProperty(LocalRuns.ID, run.id().toString());
    try {
      BatchRuntime.getJobOperator().start(run.job().id(), properties);
      return run;
    } catch (BatchRuntimeException e) {
      locals.remove(local);
      runs.end(local, RunStatus.FAILED, "the server's batch runtime did not start the job");
      throw e;
    }
  }

  /** Starts the jobs that are due by schedule and that no other node has started. */
  void startDue() {
    for (BatchJobType job : BatchJobType.values()) {
      nextOrLast(job, false)
          .flatMap(due -> runs.beginIfDue(job, due, scheduled(job)))
          .ifPresent(this::execute);
    }
  }

  private RunParameters scheduled(BatchJobType job) {
    return switch (job) {
      case IMPORT -> throw new IllegalStateException("an import requires a file of prompts");
      case REDRIVE -> RedriveOrder.scheduled(clock.instant()).parameters();
      case RETENTION -> FinishedTasks.parameters(settings.get(Setting.RETENTION_AGE));
      case VERIFY_ASSETS -> RunParameters.NONE;
      case DWELL_REPORT -> days.parameters(null, null);
    };
  }

  /** Returns the next scheduled start of a job; empty if the job has no schedule. */
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
   * Asks this node's runs to end after their current chunk, and marks them as stopped. It observes
   * this event because the database still answers then.
   */
  void stop(@Observes Shutdown shutdown) {
    locals.all().forEach(LocalRun::requestStop);
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
