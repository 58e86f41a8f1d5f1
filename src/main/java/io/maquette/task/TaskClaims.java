package io.maquette.task;

import io.maquette.platform.Node;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The queue: workers take the tasks that are due. Each call is one short transaction in which rows
 * are locked without waiting for anybody else's, given a lease in database time, and moved on.
 *
 * <p>Tasks come first come, first served, and users take turns where room is scarce. A task whose
 * lease ran out is due like any other.
 */
@Stateless
public class TaskClaims {

  private static final String LOCK_DUE =
      "select * from task where status = ? and due_at <= current_timestamp"
          + " order by due_at, id limit ? for update skip locked";

  /** The status is asked for again of the row that is locked, as it may have changed meanwhile. */
  private static final String LOCK_NEXT_FOR_MODEL =
      "select * from task where status = 'MODEL_PENDING' and id in (select id from ("
          + Turns.WAITING
          + " and t.due_at <= current_timestamp) waiting order by "
          + Turns.ORDER
          + " limit ?) order by due_at, id for update skip locked";

  @PersistenceContext private EntityManager entities;
  @Inject private TaskHistory history;
  @Inject private Clock clock;
  @Inject private Node node;
  @Inject private Settings settings;

  /** For the container. */
  public TaskClaims() {}

  TaskClaims(
      EntityManager entities, TaskHistory history, Clock clock, Node node, Settings settings) {
    this.entities = entities;
    this.history = history;
    this.clock = clock;
    this.node = node;
    this.settings = settings;
  }

  /**
   * Takes tasks for the picture worker: those begun already, then waiting ones.
   *
   * @param max how many at most; positive
   */
  public List<Claim> claimForPictures(int max) {
    List<Task> begun = lockDue(TaskStatus.IMAGE_GENERATING, max);
    List<Claim> claims = new ArrayList<>(resume(begun, "pictures"));
    if (begun.size() < max) {
      for (Task task : lockDue(TaskStatus.IMAGE_PENDING, max - begun.size())) {
        Change by = by("pictures");
        task.startImages(by);
        claims.add(lease(task, by));
      }
    }
    return claims;
  }

  /**
   * Takes waiting tasks for the model submitter, as many as there is room for at the provider: all
   * nodes together never have more jobs open there than the limit. Users take turns.
   *
   * @param max how many at most; positive
   * @param provider who shall make the models
   * @param openJobs how many jobs may be open there
   */
  public List<Claim> claimForSubmission(int max, String provider, int openJobs) {
    if (lockDue(TaskStatus.MODEL_PENDING, 1).isEmpty()) {
      return List.of();
    }
    int room = Math.min(max, roomAt(entities, provider, openJobs));
    List<Claim> claims = new ArrayList<>();
    if (room > 0) {
      for (Task task : lockNextForModel(room)) {
        Change by = by("models");
        task.startModel(provider, by);
        claims.add(lease(task, by));
      }
    }
    return claims;
  }

  /** Waits until no other transaction, on whatever node, is past this, and keeps others out. */
  static void passGate(EntityManager entities) {
    entities
        .createNativeQuery("select name from worker_gate where name = 'MODEL' for update")
        .getSingleResult();
  }

  /** Counts under a lock, so that two nodes cannot fill the same room. */
  static int roomAt(EntityManager entities, String provider, int openJobs) {
    passGate(entities);
    Number open =
        (Number)
            entities
                .createNativeQuery(
                    "select count(*) from task t join task_model m on m.task_id = t.id"
                        + " where t.status = 'MODEL_GENERATING' and m.provider = ?")
                .setParameter(1, provider)
                .getSingleResult();
    return openJobs - open.intValue();
  }

  /**
   * Lets another provider step in for a model, if it has room; ends the claim then.
   *
   * @param to the provider
   * @param openJobs how many jobs may be open there
   * @param why for operators
   * @return whether it has
   * @throws StaleClaimException if the task has moved on since it was claimed
   */
  public boolean changeProvider(Claim claim, String to, int openJobs, String why)
      throws StaleClaimException {
    Task task = claim.lock(entities);
    if (roomAt(entities, to, openJobs) <= 0) {
      return false;
    }
    task.changeProvider(to, why, by("models"));
    history.write(task);
    return true;
  }

  /**
   * Takes tasks whose model is being made, for the poller: jobs to ask for, and submissions to make
   * again.
   *
   * @param max how many at most; positive
   */
  public List<Claim> claimForPolling(int max) {
    return resume(lockDue(TaskStatus.MODEL_GENERATING, max), "models");
  }

  @SuppressWarnings("unchecked")
  private List<Task> lockDue(TaskStatus status, int max) {
    return entities
        .createNativeQuery(LOCK_DUE, Task.class)
        .setParameter(1, status.name())
        .setParameter(2, max)
        .getResultList();
  }

  @SuppressWarnings("unchecked")
  private List<Task> lockNextForModel(int max) {
    return entities
        .createNativeQuery(LOCK_NEXT_FOR_MODEL, Task.class)
        .setParameter(1, max)
        .getResultList();
  }

  private List<Claim> resume(List<Task> tasks, String worker) {
    List<Claim> claims = new ArrayList<>();
    for (Task task : tasks) {
      Change by = by(worker);
      if (task.leasedBy() != null) {
        task.resume(by);
      }
      if (task.status().isInProgress()) {
        claims.add(lease(task, by));
      } else {
        history.write(task);
      }
    }
    return claims;
  }

  private Claim lease(Task task, Change by) {
    Instant until = by.at().plus(settings.get(Setting.WORKER_LEASE));
    task.leaseTo(node.name(), until);
    history.write(task);
    return Claim.on(task);
  }

  private Change by(String worker) {
    return new Change("worker:" + worker, node.name(), clock.instant());
  }
}
