package io.maquette.worker;

import io.maquette.concurrent.CoalescingTask;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.telemetry.TraceScope;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Worker loop that claims due tasks up to its free threads and runs a step on each. A timer's tick
 * wakes it, and so does the commit of a change that made work. It never ends because of an
 * exception: a failing round or step is logged, and the next one follows.
 */
final class Worker {

  /** Step on one task; it applies its own result. */
  interface Step {
    void work(TaskClaim claim) throws Exception;

    /** Withdraws from a claimed task without work, because the worker is stopping. */
    default void withdraw(TaskClaim claim) {}

    /** Opens the trace span of the step. */
    default TraceScope openTrace(TaskClaim claim) {
      return TraceScope.NONE;
    }
  }

  private record Activity(TaskClaim claim, Thread thread, Instant since) {}

  private static final Logger LOG = Logger.getLogger(Worker.class.getName());

  /** Maximum number of tasks per claim request. */
  private static final int MAX_PER_CLAIM = 32;

  /** While more tasks wait, the worker claims again when a quarter of its threads are free. */
  private static final int SHARE = 4;

  private final String name;
  private final int threads;
  private final int wakeThreshold;
  private final IntFunction<? extends List<? extends TaskClaim>> queue;
  private final Step step;
  private final Consumer<TaskClaim> failedClaims;
  private final Executor executor;
  private final Clock clock;

  private final CoalescingTask rounds;
  private final AtomicInteger busy = new AtomicInteger();
  private final Map<UUID, Activity> activities = new ConcurrentHashMap<>();
  private volatile boolean moreWaiting;
  private volatile boolean stopped;
  private volatile Instant lastRoundAt;
  private volatile String lastFailure;

  /**
   * Creates a worker.
   *
   * @param threads number of threads, that is, of steps at the same time; positive
   * @param queue claims at most the given number of tasks
   * @param failedClaims receives the claim of a step that failed without ending the claim
   */
  Worker(
      String name,
      int threads,
      IntFunction<? extends List<? extends TaskClaim>> queue,
      Step step,
      Consumer<TaskClaim> failedClaims,
      Executor executor,
      Clock clock) {
    this.name = name;
    this.threads = threads;
    this.wakeThreshold = Math.max(1, threads / SHARE);
    this.queue = queue;
    this.step = step;
    this.failedClaims = failedClaims;
    this.executor = executor;
    this.clock = clock;
    this.rounds = new CoalescingTask("worker " + name, this::lookForTasks, executor);
  }

  /** Starts a round soon; calls during a round cause one more round. */
  void wake() {
    if (!stopped) {
      rounds.request();
    }
  }

  private void lookForTasks() {
    try {
      round();
      lastRoundAt = clock.instant();
      lastFailure = null;
    } catch (RuntimeException | Error e) { // visible in the worker's status until a round succeeds
      lastFailure = e.getClass().getSimpleName();
      throw e;
    }
  }

  private void round() {
    int free = threads - busy.get();
    while (free > 0 && !stopped) {
      int asked = Math.min(free, MAX_PER_CLAIM);
      List<? extends TaskClaim> claims = queue.apply(asked);
      moreWaiting = claims.size() == asked;
      for (TaskClaim claim : claims) {
        busy.incrementAndGet();
        try {
          executor.execute(() -> workOn(claim));
        } catch (RejectedExecutionException e) {
          busy.decrementAndGet();
          claims.subList(claims.indexOf(claim), claims.size()).forEach(this::withdraw);
          throw e;
        }
      }
      free = moreWaiting ? threads - busy.get() : 0;
    }
  }

  private void withdraw(TaskClaim claim) {
    try {
      step.withdraw(claim);
    } finally {
      failedClaims.accept(claim);
    }
  }

  private void workOn(TaskClaim claim) {
    activities.put(claim.taskId(), new Activity(claim, Thread.currentThread(), clock.instant()));
    try (TraceScope trace = step.openTrace(claim)) {
      attempt(claim, trace);
    } finally {
      activities.remove(claim.taskId());
      int free = threads - busy.decrementAndGet();
      if (moreWaiting && free >= wakeThreshold) {
        wake();
      }
    }
  }

  private void attempt(TaskClaim claim, TraceScope trace) {
    try {
      if (stopped) {
        step.withdraw(claim);
      } else {
        step.work(claim);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StaleClaimException e) {
      LOG.info(
          () -> "Worker " + name + ": the claim on task " + claim.taskId() + " is no longer valid");
      trace.failed("the task has moved on");
    } catch (Exception | Error e) { // a server does not report an Error in one of its threads
      LOG.log(
          Level.WARNING,
          "Worker " + name + " has not ended task " + claim.taskId() + ", which is given back",
          e);
      trace.failed(e.getClass().getSimpleName());
      failedClaims.accept(claim);
    }
  }

  /** Stops claiming tasks; running steps continue. */
  void stopClaiming() {
    stopped = true;
  }

  /** Returns whether no step and no round is running. */
  boolean isIdle() {
    return busy.get() == 0 && rounds.isIdle();
  }

  /** Interrupts the running steps; another worker continues their tasks. */
  void interrupt() {
    activities.values().forEach(activity -> activity.thread().interrupt());
  }

  /** Returns the current status of the worker. */
  WorkerStatus status() {
    List<WorkerStatus.Work> work =
        activities.values().stream()
            .map(activity -> new WorkerStatus.Work(activity.claim().taskId(), activity.since()))
            .sorted((one, other) -> one.since().compareTo(other.since()))
            .limit(WorkerStatus.MAX_WORK)
            .toList();
    return new WorkerStatus(name, threads, busy.get(), lastRoundAt, lastFailure, work);
  }
}
