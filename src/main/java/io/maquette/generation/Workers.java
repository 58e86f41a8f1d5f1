package io.maquette.generation;

import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.task.TaskChanged;
import io.maquette.task.TaskClaims;
import io.maquette.task.TaskStatus;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The workers of this node. They look for work at every tick, and at once after the commit of a
 * change that made some, so that nothing waits for a tick without need.
 */
@ApplicationScoped
public class Workers {

  private static final Logger LOG = Logger.getLogger(Workers.class.getName());

  /** Submissions and queries wait for the provider, not for this machine. */
  private static final int SUBMITTER_HANDS = 4;

  private static final int POLLER_HANDS = 8;

  @Inject private PictureWorker pictureWorker;
  @Inject private ModelWorker modelWorker;
  @Inject private FileSweeper sweeper;
  @Inject private TaskClaims claims;
  @Inject private Settings settings;
  @Inject private Executor executor;
  @Inject private Clock clock;

  private WorkerLoop pictures;
  private WorkerLoop submitter;
  private WorkerLoop poller;
  private volatile boolean running;

  @PostConstruct
  void set() {
    pictures =
        new WorkerLoop(
            "pictures",
            settings.get(Setting.IMAGE_CONCURRENCY),
            claims::claimForPictures,
            pictureWorker::work,
            executor,
            clock);
    submitter =
        new WorkerLoop(
            "model-submitter",
            SUBMITTER_HANDS,
            claims::claimForSubmission,
            modelWorker::submit,
            executor,
            clock);
    poller =
        new WorkerLoop(
            "model-poller",
            POLLER_HANDS,
            claims::claimForPolling,
            modelWorker::poll,
            executor,
            clock);
  }

  void start() {
    running = true;
  }

  /** Looks for whatever is due. */
  void tick() {
    if (running) {
      pictures.wake();
      submitter.wake();
      poller.wake();
    }
  }

  /** Stops working. */
  void stop() {
    running = false;
    loops().forEach(WorkerLoop::stop);
  }

  void afterChange(@Observes(during = TransactionPhase.AFTER_SUCCESS) TaskChanged change) {
    if (!running) {
      return;
    }
    if (change.job() != null) {
      executor.execute(() -> modelWorker.cancel(change.job()));
    }
    if (change.to() == change.from()) {
      return;
    }
    if (change.to() == TaskStatus.IMAGE_PENDING) {
      pictures.wake();
    }
    if (change.to() == TaskStatus.MODEL_PENDING || change.from() == TaskStatus.MODEL_GENERATING) {
      submitter.wake(); // there is work, or room for work that waits
    }
    if (change.to() == null || change.to().isPending()) {
      executor.execute(this::sweep);
    }
  }

  private void sweep() {
    try {
      sweeper.sweep();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Discarded files stay for the next round", e);
    }
  }

  private List<WorkerLoop> loops() {
    return List.of(pictures, submitter, poller);
  }

  /** What each worker is doing now. */
  public List<WorkerStatus> status() {
    return loops().stream().map(WorkerLoop::status).toList();
  }
}
