package io.maquette.worker;

import io.maquette.cluster.ClusterMembership;
import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.ShutdownWait;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.files.FileRestorer;
import io.maquette.files.LostFile;
import io.maquette.task.TaskChanged;
import io.maquette.task.TaskChanges;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskStatus;
import io.maquette.task.queue.Leases;
import io.maquette.task.queue.TaskDue;
import io.maquette.task.queue.TaskQueue;
import io.maquette.task.wait.ModelCapacity;
import io.maquette.telemetry.Tracing;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderAvailability.ModelRoute;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Worker pool of this node. The workers look for due tasks at every tick, and at once after a
 * commit that made work.
 */
@ApplicationScoped
public class WorkerPool {

  private static final Logger LOG = Logger.getLogger(WorkerPool.class.getName());

  /** Time for interrupted steps to end. */
  private static final Duration INTERRUPTED = Duration.ofSeconds(2);

  /** Delay before the task of an interrupted or failed step is due again. */
  private static final Duration DELAY = Duration.ofSeconds(2);

  @Inject private StepRunner steps;
  @Inject private ModelSteps modelWorker;
  @Inject private FailurePolicy failures;
  @Inject private ProviderAvailability availability;
  @Inject private ModelCapacity modelCapacity;
  @Inject private FileSweeper sweeper;
  @Inject private FileRestorer restorer;
  @Inject private TaskQueue claims;
  @Inject private Leases leases;
  @Inject private ClusterMembership nodes;
  @Inject private Settings settings;
  @Inject private Executor executor;
  @Inject private ScheduledExecutorService wakeUps;
  @Inject private Clock clock;

  private final Queue<TaskClaim> failedClaims = new ConcurrentLinkedQueue<>();
  private CoalescingTask releases;
  private Worker pictures;
  private Worker edits;
  private Worker submitter;
  private Worker poller;
  private final List<CoalescingTask> background = new CopyOnWriteArrayList<>();
  private CoalescingTask sweeps;
  private CoalescingTask restores;
  private WakeUpTimer picturesDue;
  private WakeUpTimer editsDue;
  private WakeUpTimer pollsDue;
  private volatile boolean running;

  @PostConstruct
  void set() {
    sweeps = background("sweeping", sweeper::sweep);
    restores = background("restoring lost files", restorer::restore);
    releases = background("releasing the tasks of failed steps", this::giveBack);
    pictures =
        new Worker(
            "pictures",
            settings.get(Setting.IMAGE_CONCURRENCY),
            this::claimForPictures,
            steps,
            failedClaims::add,
            executor,
            clock);
    edits =
        new Worker(
            "edits",
            settings.get(Setting.IMAGE_CONCURRENCY),
            claims::claimForEditing,
            steps,
            failedClaims::add,
            executor,
            clock);
    submitter =
        new Worker(
            "model-submitter",
            settings.get(Setting.MODEL_CALLS),
            this::claimForSubmission,
            steps,
            failedClaims::add,
            executor,
            clock);
    poller =
        new Worker(
            "model-poller",
            settings.get(Setting.MODEL_CALLS),
            claims::claimForPolling,
            steps,
            failedClaims::add,
            executor,
            clock);
    picturesDue = new WakeUpTimer(pictures::wake, this::schedule, clock);
    editsDue = new WakeUpTimer(edits::wake, this::schedule, clock);
    pollsDue = new WakeUpTimer(poller::wake, this::schedule, clock);
  }

  private void schedule(Duration wait, Runnable wake) {
    ScheduledFuture<?> unused = wakeUps.schedule(wake, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Creates background work that is not a step. No round starts once this node stops, and running
   * rounds are waited for. On Payara, a transaction that is open during undeployment would stay on
   * its thread and affect the next work there.
   */
  public CoalescingTask background(String name, Runnable round) {
    CoalescingTask rounds =
        new CoalescingTask(
            name,
            () -> {
              if (running) {
                round.run();
              }
            },
            executor);
    background.add(rounds);
    return rounds;
  }

  private List<ImageClaim> claimForPictures(int max) {
    int now = availability.claimablePictures(max);
    return now == 0
        ? claims.claimForFetching(max) // fetching works although nothing may be submitted
        : claims.claimForPictures(now, availability.pictures());
  }

  private List<ModelClaim> claimForSubmission(int max) {
    ModelRoute route = availability.routeForModels(List.of()).orElse(null);
    if (route != null) {
      modelCapacity.set(route.openJobs());
    }
    if (settings.get(Setting.MODEL_PROVIDERS).size() > 1) {
      return claims.claimForSubmission(
          max, availability.targetsForModels(claims.providersOfWaiting(), max));
    }
    return route == null
        ? List.of()
        : claims.claimForSubmission(max, List.of(route.target(max, List.of())));
  }

  void start() {
    running = true;
  }

  /** Wakes all workers, so that they look for due tasks. */
  void tick() {
    if (running) {
      pictures.wake();
      edits.wake();
      submitter.wake();
      poller.wake();
      if (!failedClaims.isEmpty()) {
        releases.request();
      }
    }
  }

  /**
   * Releases the tasks of failed steps. The database was probably unavailable when they failed, and
   * it may still be.
   */
  private void giveBack() {
    try {
      for (TaskClaim claim = failedClaims.peek(); claim != null; claim = failedClaims.peek()) {
        leases.giveBack(claim, clock.instant().plus(DELAY));
        failedClaims.remove(claim);
      }
    } catch (SQLException e) {
      LOG.log(
          Level.INFO,
          e,
          () -> "The tasks of failed steps cannot be released yet: " + failedClaims.size());
    }
  }

  /**
   * Stops the workers. Running steps may end within the grace time and are interrupted afterwards.
   * Tasks that are still claimed are released, so that other nodes continue at once. The event
   * arrives while the database is still available; Payara closes the connection pool before it
   * destroys EJBs.
   */
  void stop(@Observes Shutdown shutdown) {
    running = false;
    workers().forEach(Worker::stopClaiming);
    if (!isIdleWithin(settings.get(Setting.WORKER_GRACE))) {
      failures.expectInterruptions();
      workers().forEach(Worker::interrupt);
      isIdleWithin(INTERRUPTED);
    }
    try {
      int givenBack = leases.giveBack();
      nodes.leave();
      LOG.info(() -> "Workers have stopped; tasks given back half done: " + givenBack);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "Workers have stopped; what they held goes on when leases end", e);
    }
  }

  private boolean isIdleWithin(Duration time) {
    try {
      return ShutdownWait.within(time, this::isIdle);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isIdle() {
    return workers().stream().allMatch(Worker::isIdle)
        && background.stream().allMatch(CoalescingTask::isIdle);
  }

  /** Starts a check of the lost files that are due. */
  void restoreFiles() {
    restores.request();
  }

  /** Fetches a lost file again from its provider without waiting for the next tick. */
  void afterLoss(@Observes LostFile file) {
    if (running) {
      restores.request();
    }
  }

  void afterChanges(@Observes(during = TransactionPhase.AFTER_SUCCESS) TaskChanges changes) {
    changes.all().forEach(this::afterChange);
  }

  private void afterChange(TaskChanged change) {
    if (!running) {
      return;
    }
    if (change.job() != null) {
      executor.execute(Tracing.carried(() -> modelWorker.cancel(change.job())));
    }
    if (change.to() == change.from()) {
      return;
    }
    if (change.to() == TaskStatus.IMAGE_PENDING) {
      pictures.wake();
    }
    if (change.to() == TaskStatus.IMAGE_EDITING) {
      edits.wake();
    }
    if (change.to() == TaskStatus.MODEL_PENDING || change.from() == TaskStatus.MODEL_GENERATING) {
      submitter.wake(); // a task waits, or a slot for a waiting task became free
    }
    if (letsGoOfFiles(change)) {
      sweeps.request(); // one sweep for all changes of a batch job
    }
  }

  /**
   * Returns whether the change drops files: the task was deleted, or restarted after files existed.
   */
  private static boolean letsGoOfFiles(TaskChanged change) {
    return change.to() == null
        || (change.to().isPending()
            && (change.from() == TaskStatus.FAILED || change.from() == TaskStatus.MODEL_COMPLETED));
  }

  void whenDue(@Observes TaskDue due) {
    if (running) {
      dueTimes(due.status()).add(due.at());
    }
  }

  private WakeUpTimer dueTimes(TaskStatus status) {
    return switch (status) {
      case IMAGE_GENERATING -> picturesDue;
      case IMAGE_EDITING -> editsDue;
      default -> pollsDue;
    };
  }

  private List<Worker> workers() {
    return List.of(pictures, edits, submitter, poller);
  }

  /** Returns the current status of each worker. */
  public List<WorkerStatus> status() {
    return workers().stream().map(Worker::status).toList();
  }
}
