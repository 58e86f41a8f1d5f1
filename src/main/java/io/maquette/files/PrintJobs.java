package io.maquette.files;

import io.maquette.cluster.LocalNode;
import io.maquette.json.GuardedJson;
import io.maquette.mesh.InvalidModelFileException;
import io.maquette.mesh.PrintKit;
import io.maquette.mesh.edit.EditException;
import io.maquette.mesh.edit.PrintOptions;
import io.maquette.storage.FileStore;
import io.maquette.storage.LostFileException;
import io.maquette.storage.StoredFile;
import io.maquette.task.FileRef;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Work of this node on print files. The work needs much memory, so a node does one piece at a time;
 * the others wait in the order of their requests. A timer renews the leases of all of them. It
 * stops the work on a print file that was deleted or that another node has taken.
 */
@ApplicationScoped
public class PrintJobs {

  private static final Logger LOG = Logger.getLogger(PrintJobs.class.getName());
  private static final int MAX_WAITING = 20;
  private static final long RENEW_SECONDS = 2;

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private boolean isWorking;
  private boolean isRenewing;
  private boolean isStopping;

  private PrintFileRows rows;
  private PrintKit kit;
  private FileStore store;
  private LostFiles lost;
  private LocalNode node;
  private Executor executor;
  private ScheduledExecutorService wakeUps;

  /** For CDI. */
  protected PrintJobs() {}

  @Inject
  PrintJobs(
      PrintFileRows rows,
      PrintKit kit,
      FileStore store,
      LostFiles lost,
      LocalNode node,
      Executor executor,
      ScheduledExecutorService wakeUps) {
    this.rows = rows;
    this.kit = kit;
    this.store = store;
    this.lost = lost;
    this.node = node;
    this.executor = executor;
    this.wakeUps = wakeUps;
  }

  /** Returns whether this node can take more work. */
  public synchronized boolean hasRoom() {
    return !isStopping && jobs.size() < MAX_WAITING;
  }

  /**
   * Takes the work on a print file, unless it is done, a node has it, or this node has no room. A
   * request for the print file calls this, so the work of a killed node is done again on the next
   * request.
   *
   * @param size of the model, in bytes
   */
  public void take(PrintFile file, long size) {
    if (!file.work().isOpen() || !hasRoom()) {
      return;
    }
    rows.claim(file.taskId(), file.id(), node.name())
        .ifPresent(fence -> add(new Job(file, size, fence)));
  }

  private synchronized void add(Job job) {
    jobs.put(job.file.id(), job);
    waiting.add(job);
    next();
    renewLater();
  }

  private synchronized void next() {
    if (isWorking || isStopping || waiting.isEmpty()) {
      return;
    }
    Job job = waiting.remove();
    isWorking = true;
    try {
      executor.execute(() -> run(job));
    } catch (RejectedExecutionException e) { // the lease expires, and another node takes the work
      LOG.log(Level.FINE, "The application is stopping", e);
      isStopping = true;
    }
  }

  private void run(Job job) {
    try {
      job.run();
    } finally {
      synchronized (this) {
        jobs.remove(job.file.id(), job);
        isWorking = false;
        next();
      }
    }
  }

  /** Stops the work on a print file that was deleted, if this node has it. */
  public void cancel(String id) {
    Job job;
    synchronized (this) {
      job = jobs.get(id);
    }
    if (job != null) {
      job.cancel();
    }
  }

  /** Stops all work; the leases expire, and the next request starts it again. */
  @PreDestroy
  void stop() {
    List<Job> all;
    synchronized (this) {
      isStopping = true;
      waiting.clear();
      all = List.copyOf(jobs.values());
    }
    all.forEach(Job::cancel);
  }

  private synchronized void renewLater() {
    if (isRenewing || isStopping || jobs.isEmpty()) {
      return;
    }
    try {
      ScheduledFuture<?> unused =
          wakeUps.schedule(() -> executor.execute(this::renew), RENEW_SECONDS, TimeUnit.SECONDS);
      isRenewing = true;
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "The application is stopping", e);
    }
  }

  private void renew() {
    List<Job> all;
    synchronized (this) {
      all = List.copyOf(jobs.values());
    }
    try {
      for (Job job : all) {
        if (!job.renew()) {
          job.cancel();
        }
      }
    } catch (EJBException e) {
      LOG.log(
          Level.WARNING, "The leases of print files could not be renewed; the next try follows", e);
    } finally {
      synchronized (this) {
        isRenewing = false;
        renewLater();
      }
    }
  }

  /** Work on one print file under a lease. */
  private final class Job {

    private final PrintFile file;
    private final long size;
    private final int fence;
    private volatile int progress;
    private volatile boolean isStarted;
    private Thread thread;
    private boolean isCancelled;

    Job(PrintFile file, long size, int fence) {
      this.file = file;
      this.size = size;
      this.fence = fence;
    }

    synchronized void cancel() {
      isCancelled = true;
      if (thread != null) {
        thread.interrupt();
      }
    }

    private synchronized boolean isCancelled() {
      return isCancelled;
    }

    /** Begins the work on this thread; returns false if it was cancelled before. */
    private synchronized boolean begin() {
      thread = Thread.currentThread();
      isStarted = !isCancelled;
      return isStarted;
    }

    /** Ends the work on this thread; the thread gets other work without the interrupt. */
    private synchronized void end() {
      thread = null;
      boolean unused = Thread.interrupted();
    }

    boolean renew() {
      PrintFile.State state = isStarted ? PrintFile.State.RUNNING : PrintFile.State.QUEUED;
      return rows.renew(file.taskId(), file.id(), fence, state, progress);
    }

    void run() {
      StoredFile made = null;
      String problem = null;
      try {
        if (!begin() || !renew()) {
          return;
        }
        made = kit.change(file.model(), size, options(), this::report);
      } catch (InterruptedException e) {
        LOG.log(Level.FINE, "The work on a print file was cancelled", e);
      } catch (EditException e) {
        problem = e.reason().name();
      } catch (InvalidModelFileException e) {
        problem = PrintFile.Problem.MODEL_UNREADABLE.name();
      } catch (LostFileException e) {
        lost.note(e);
        problem = PrintFile.Problem.MODEL_LOST.name();
      } catch (IOException e) { // an interrupt closes a file, too
        LOG.log(
            isCancelled() ? Level.FINE : Level.WARNING,
            e,
            () -> "Print file " + file.id() + " could not be stored");
        problem = PrintFile.Problem.STORE_UNAVAILABLE.name();
      } catch (OutOfMemoryError e) {
        LOG.log(Level.WARNING, e, () -> "Print file " + file.id() + " needs more memory");
        problem = PrintFile.Problem.TOO_LARGE.name();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, e, () -> "Print file " + file.id() + " failed");
        problem = PrintFile.Problem.INTERNAL.name();
      } finally {
        end();
      }
      record(made, problem);
    }

    private PrintOptions options() {
      return PrintOptions.of(GuardedJson.object(file.options()));
    }

    private void report(double share) {
      progress = (int) Math.round(99 * share);
    }

    private void record(StoredFile made, String problem) {
      try {
        if (made != null) {
          FileRef ref =
              new FileRef(made.key(), made.sha256(), made.type().mediaType(), made.size());
          if (!rows.done(file.taskId(), file.id(), fence, ref)) {
            store.delete(made.key()); // the print file was deleted meanwhile
          }
        } else if (problem != null && !isCancelled()) {
          rows.failed(file.taskId(), file.id(), fence, problem);
        }
      } catch (EJBException | IOException e) { // the lease expires, and the work is done again
        LOG.log(Level.WARNING, e, () -> "The result of print file " + file.id() + " is lost");
      }
    }
  }
}
