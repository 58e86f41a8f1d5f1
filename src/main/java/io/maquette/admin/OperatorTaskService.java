package io.maquette.admin;

import io.maquette.cluster.LocalNode;
import io.maquette.task.ChangeContext;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskException;
import io.maquette.task.TaskModel;
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
 * Transactional service for operator actions on any user's task. It offers the owner's actions and
 * two more: releasing a lease and changing the provider. Each call is one short transaction, or
 * part of the caller's.
 */
@Stateless
public class OperatorTaskService {

  /**
   * State of a task in the audit.
   *
   * @param jobId id of the open provider job; null if there is none
   * @param leasedBy node that holds the lease; null if the task is not claimed
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
   * States of a task before and after an action.
   *
   * @param after null if the task is deleted
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
   * Performs an action without parameters.
   *
   * @param what any action except {@link Intervention#CHANGE_PROVIDER}
   * @param actor name of the operator, as in {@link ChangeContext}
   * @throws TaskException.NotFound if the task does not exist
   * @throws TaskException.InvalidState if the task's status forbids the action
   * @throws TaskException.InterventionRefused if another rule forbids the action
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
        open = null; // the provider job continues
      }
      case DELETE -> {
        delete(task, open, by);
        return new Done(before, null);
      }
      case CHANGE_PROVIDER -> throw new IllegalArgumentException("a provider is required");
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
   * Moves the task's model to a provider. An open provider job elsewhere is abandoned, and
   * cancelled if its provider supports that.
   *
   * @param provider name of the new provider
   * @param openJobs limit of open jobs at this provider
   * @throws TaskException.NotFound as {@link #intervene}
   * @throws TaskException.InvalidState as {@link #intervene}
   * @throws TaskException.InterventionRefused if the task is already at this provider, or the
   *     provider's limit of open jobs is reached
   */
  public Done changeProvider(UUID id, String provider, int openJobs, String actor) {
    Task task = lock(id);
    State before = State.of(task);
    TaskClaim.Job open = TaskService.openJob(task);
    if (task.status() == TaskStatus.MODEL_GENERATING
        && task.model().orElseThrow().provider().equals(provider)) {
      throw new TaskException.InterventionRefused(
          TaskException.InterventionRefused.Reason.SAME_PROVIDER);
    }
    boolean hasRoom = TaskQueue.freeSlots(entities, provider, openJobs, 1) > 0;
    task.moveModelTo(provider, by(actor));
    if (!hasRoom) {
      throw new TaskException.InterventionRefused(TaskException.InterventionRefused.Reason.NO_ROOM);
    }
    history.write(task, open);
    return new Done(before, State.of(task));
  }

  private Task lock(UUID id) {
    Task task = entities.find(Task.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (task == null) {
      throw new TaskException.NotFound(id);
    }
    return task;
  }

  private ChangeContext by(String actor) {
    return new ChangeContext(actor, node.name(), clock.instant());
  }
}
