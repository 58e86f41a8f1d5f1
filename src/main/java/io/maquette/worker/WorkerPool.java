package io.maquette.worker;

import io.maquette.cluster.ClusterMembership;
import io.maquette.concurrent.Alarms;
import io.maquette.concurrent.CoalescingTask;
import io.maquette.concurrent.ShutdownWait;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.files.FileRestorer;
import io.maquette.files.LostFile;
import io.maquette.task.ModelCapacity;
import io.maquette.task.TaskChanged;
import io.maquette.task.TaskChanges;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskStatus;
import io.maquette.task.queue.Leases;
import io.maquette.task.queue.TaskDue;
import io.maquette.task.queue.TaskQueue;
import io.maquette.telemetry.TraceScope;
import io.maquette.telemetry.Tracing;
import io.maquette.worker.control.ProviderAvailability;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The workers of this node. They look for work at every tick, and at once after the commit of a
 * change that made some, so that nothing waits for a tick without need.
 */
@ApplicationScoped
public class WorkerPool {

  private static final Logger LOG = Logger.getLogger(WorkerPool.class.getName());

  /** How long an interrupted step may take to notice. */
  private static final Duration INTERRUPTED = Duration.ofSeconds(2);

  /** How long after a step broke off it is tried again. */
  private static final Duration LEFT_ALONE = Duration.ofSeconds(2);

  @Inject private ImageWorker pictureWorker;
  @Inject private EditWorker editWorker;
  @Inject private ModelWorker modelWorker;
  @Inject private FailurePolicy failures;
  @Inject private Submissions submissions;
  @Inject private StepTrails steps;
  @Inject private ProviderAvailability availability;
  @Inject private ModelCapacity modelRoom;
  @Inject private FileSweeper sweeper;
  @Inject private FileRestorer restorer;
  @Inject private TaskQueue claims;
  @Inject private Leases leases;
  @Inject private ClusterMembership nodes;
  @Inject private Settings settings;
  @Inject private Executor executor;
  @Inject private Alarms alarms;
  @Inject private Clock clock;

  private final Queue<TaskClaim> left = new ConcurrentLinkedQueue<>();
  private CoalescingTask givingBack;
  private Worker pictures;
  private Worker edits;
  private Worker submitter;
  private Worker poller;
  private final List<CoalescingTask> beside = new CopyOnWriteArrayList<>();
  private CoalescingTask sweeps;
  private CoalescingTask restores;
  private WakeUpTimer picturesDue;
  private WakeUpTimer editsDue;
  private WakeUpTimer pollsDue;
  private volatile boolean running;

  @PostConstruct
  void set() {
    sweeps = beside("sweeping", sweeper::sweep);
    restores = beside("restoring lost files", restorer::restore);
    givingBack = beside("giving back what steps left behind", this::giveBack);
    pictures =
        new Worker(
            "pictures",
            settings.get(Setting.IMAGE_CONCURRENCY),
            this::claimForPictures,
            new Told("make pictures", pictureWorker::work),
            left::add,
            executor,
            clock);
    edits =
        new Worker(
            "edits",
            settings.get(Setting.IMAGE_CONCURRENCY),
            claims::claimForEditing,
            new Told("edit picture", editWorker::work),
            left::add,
            executor,
            clock);
    submitter =
        new Worker(
            "model-submitter",
            settings.get(Setting.MODEL_CALLS),
            this::claimForSubmission,
            new Told("submit model", modelWorker::submit),
            left::add,
            executor,
            clock);
    poller =
        new Worker(
            "model-poller",
            settings.get(Setting.MODEL_CALLS),
            claims::claimForPolling,
            new Told("submit model again", modelWorker::poll),
            left::add,
            executor,
            clock);
    picturesDue = new WakeUpTimer(pictures::wake, alarms, clock);
    editsDue = new WakeUpTimer(edits::wake, alarms, clock);
    pollsDue = new WakeUpTimer(poller::wake, alarms, clock);
  }

  /** A step that is told as its task's; a submission that it leaves leaves no row behind. */
  private final class Told implements Worker.Step {
    private final String name;
    private final Worker.Step step;

    Told(String name, Worker.Step step) {
      this.name = name;
      this.step = step;
    }

    @Override
    public TraceScope trail(TaskClaim claim) {
      return steps.begin(name, claim);
    }

    @Override
    public void work(TaskClaim claim) throws Exception {
      step.work(claim);
    }

    @Override
    public void leave(TaskClaim claim) {
      submissions.withdraw(ReservedSubmission.with(claim));
    }
  }

  /**
   * Rounds of work beside the steps. None begins once this node stops, and those being done are
   * waited for: one that is in a transaction while it is undeployed would leave that to its thread
   * on Payara, and so to whatever comes next there.
   */
  public CoalescingTask beside(String name, Runnable round) {
    CoalescingTask rounds =
        new CoalescingTask(
            name,
            () -> {
              if (running) {
                round.run();
              }
            },
            executor);
    beside.add(rounds);
    return rounds;
  }

  private List<TaskClaim> claimForPictures(int max) {
    int now = availability.picturesNow(max);
    return now == 0
        ? claims.claimForFetching(max) // whatever keeps submissions from the provider
        : claims.claimForPictures(now, availability.pictures());
  }

  private List<TaskClaim> claimForSubmission(int max) {
    ProviderAvailability.Lane lane = availability.laneForModels().orElse(null);
    if (lane == null) {
      return List.of();
    }
    modelRoom.set(lane.openJobs());
    return claims.claimForSubmission(
        lane.onTrial() ? 1 : max, lane.provider().name(), lane.openJobs());
  }

  void start() {
    running = true;
  }

  /** Looks for whatever is due. */
  void tick() {
    if (running) {
      pictures.wake();
      edits.wake();
      submitter.wake();
      poller.wake();
      if (!left.isEmpty()) {
        givingBack.wish();
      }
    }
  }

  /** The database was away, most likely, when a result was to be told; it may still be. */
  private void giveBack() {
    try {
      for (TaskClaim claim = left.peek(); claim != null; claim = left.peek()) {
        leases.giveBack(claim, clock.instant().plus(LEFT_ALONE));
        left.remove(claim);
      }
    } catch (SQLException e) {
      LOG.log(Level.INFO, e, () -> "Steps broke off, and cannot be given back yet: " + left.size());
    }
  }

  /**
   * Stops working: steps being done may end within the grace time and are interrupted after it;
   * what is then still held is given back, for other nodes to go on with at once. This event comes
   * while the database can still be reached; before EJBs are destroyed, Payara closes the pool.
   */
  void stop(@Observes Shutdown shutdown) {
    running = false;
    loops().forEach(Worker::retire);
    if (!isStillWithin(settings.get(Setting.WORKER_GRACE))) {
      failures.expectInterruptions();
      loops().forEach(Worker::interrupt);
      isStillWithin(INTERRUPTED);
    }
    try {
      int givenBack = leases.giveBack();
      nodes.leave();
      LOG.info(() -> "Workers have stopped; tasks given back half done: " + givenBack);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "Workers have stopped; what they held goes on when leases end", e);
    }
  }

  private boolean isStillWithin(Duration time) {
    try {
      return ShutdownWait.within(time, this::isStill);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isStill() {
    return loops().stream().allMatch(Worker::isStill)
        && beside.stream().allMatch(CoalescingTask::isStill);
  }

  /** Lost files that are due are looked at again. */
  void restoreFiles() {
    restores.wish();
  }

  /** A lost file that its provider still has is fetched without waiting for the next tick. */
  void afterLoss(@Observes LostFile file) {
    if (running) {
      restores.wish();
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
      submitter.wake(); // there is work, or room for work that waits
    }
    if (letsGoOfFiles(change)) {
      sweeps.wish(); // one for all the changes of a job
    }
  }

  /** Deleted, or begun again after there were files. */
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

  private List<Worker> loops() {
    return List.of(pictures, edits, submitter, poller);
  }

  /** What each worker is doing now. */
  public List<WorkerStatus> status() {
    return loops().stream().map(Worker::status).toList();
  }
}
