package io.maquette.admin;

import io.maquette.cluster.LocalNode;
import io.maquette.task.ChangeContext;
import io.maquette.task.FailureCode;
import io.maquette.task.InterventionRefusedException;
import io.maquette.task.InvalidStateException;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskModel;
import io.maquette.task.TaskNotFoundException;
import io.maquette.task.TaskService;
import io.maquette.task.TaskStatus;
import io.maquette.task.queue.TaskQueue;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * What operators do to tasks of whomever: the verbs their owners have, and two that need to know of
 * nodes and providers. Each call is one short transaction, or part of the caller's.
 */
@Stateless
public class OperatorTaskService {

  /**
   * A task as it is kept in the audit.
   *
   * @param jobId the job that is open at the provider; null if there is none
   * @param leasedBy the node that holds it; null if none does
   */
  public record State(
      String owner,
      TaskStatus status,
      Stage failedStage,
      FailureCode errorCode,
      String provider,
      String jobId,
      String leasedBy,
      Instant dueAt) {
    static State of(Task task) {
      TaskModel model = task.model().orElse(null);
      return new State(
          task.owner(),
          task.status(),
          task.failedStage(),
          task.errorCode(),
          model == null ? null : model.provider(),
          model == null ? null : model.apiTaskId(),
          task.leasedBy(),
          task.dueAt());
    }
  }

  /**
   * What was done to a task.
   *
   * @param after null if it is gone
   */
  public record Done(State before, State after) {}

  @PersistenceContext private EntityManager entities;
  @Inject private TaskEventWriter history;
  @Inject private Clock clock;
  @Inject private LocalNode node;

  /** Required by the container. */
  public OperatorTaskService() {}

  public OperatorTaskService(
      EntityManager entities, TaskEventWriter history, Clock clock, LocalNode node) {
    this.entities = entities;
    this.history = history;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Does something that needs no more to be said.
   *
   * @param what anything but {@link Intervention#CHANGE_PROVIDER}
   * @param actor who does it, as in {@link ChangeContext}
   * @throws TaskNotFoundException if there is no such task
   * @throws InvalidStateException if the task's status does not allow it
   * @throws InterventionRefusedException if it cannot be done for another reason
   */
  public Done intervene(Intervention what, UUID id, String actor) {
    Task task = lock(id);
    State before = State.of(task);
    TaskClaim.Job open = TaskService.openJob(task);
    ChangeContext by = by(actor);
    switch (what) {
      case CANCEL -> task.cancel(by);
      case RETRY_IMAGES -> task.retryImages(by);
      case RETRY_MODEL -> task.retryModel(by);
      case RELEASE_LEASE -> {
        task.releaseLease(by);
        open = null; // the job goes on
      }
      case DELETE -> {
        delete(task, open, by);
        return new Done(before, null);
      }
      case CHANGE_PROVIDER ->
          throw new IllegalArgumentException("which provider is to be said as well");
    }
    history.write(task, open);
    return new Done(before, State.of(task));
  }

  private void delete(Task task, TaskClaim.Job open, ChangeContext by) {
    if (task.status().isInProgress()) {
      task.cancel(by);
    }
    task.discardFiles(by);
    entities.remove(task);
    history.writeDeletion(task, open, by);
  }

  /**
   * Has a model made by a provider from now on, or again; a job that is open elsewhere is left, and
   * stopped where its provider can.
   *
   * @param provider who shall make it
   * @param openJobs how many jobs may be open there
   * @throws TaskNotFoundException as {@link #intervene}
   * @throws InvalidStateException as {@link #intervene}
   * @throws InterventionRefusedException if it is there already, or there is no room
   */
  public Done changeProvider(UUID id, String provider, int openJobs, String actor) {
    Task task = lock(id);
    State before = State.of(task);
    TaskClaim.Job open = TaskService.openJob(task);
    if (task.status() == TaskStatus.MODEL_GENERATING
        && task.model().orElseThrow().provider().equals(provider)) {
      throw new InterventionRefusedException(InterventionRefusedException.Reason.SAME_PROVIDER);
    }
    boolean hasRoom = TaskQueue.roomAt(entities, provider, openJobs, 1) > 0;
    task.makeAt(provider, by(actor));
    if (!hasRoom) {
      throw new InterventionRefusedException(InterventionRefusedException.Reason.NO_ROOM);
    }
    history.write(task, open);
    return new Done(before, State.of(task));
  }

  private Task lock(UUID id) {
    Task task = entities.find(Task.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (task == null) {
      throw new TaskNotFoundException(id);
    }
    return task;
  }

  private ChangeContext by(String actor) {
    return new ChangeContext(actor, node.name(), clock.instant());
  }
}
