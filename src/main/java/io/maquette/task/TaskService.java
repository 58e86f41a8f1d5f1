package io.maquette.task;

import io.maquette.cluster.LocalNode;
import io.maquette.config.DevelopmentUser;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Actions of users on tasks. Each call is one short transaction: it locks the task's row, calls the
 * task's method and stores the history. Observers act on the change after the commit.
 */
@Stateless
public class TaskService {

  private static final Logger LOG = Logger.getLogger(TaskService.class.getName());

  @PersistenceContext private EntityManager entities;
  @Inject private TaskEventWriter history;
  @Inject private DailyCreations dailyCreations;
  @Inject private QueueCapacity queueCapacity;
  @Inject private Clock clock;
  @Inject private LocalNode node;
  @Inject private Settings settings;

  /** For the container. */
  public TaskService() {}

  TaskService(
      EntityManager entities,
      TaskEventWriter history,
      Clock clock,
      LocalNode node,
      Settings settings) {
    this.entities = entities;
    this.history = history;
    this.dailyCreations = new DailyCreations(entities);
    this.queueCapacity = new QueueCapacity();
    this.clock = clock;
    this.node = node;
    this.settings = settings;
  }

  /**
   * Creates a task with the default quota.
   *
   * @see #create(String, Quota, String, ImageOptions, String)
   */
  public Task create(String owner, String prompt, String idempotencyKey) {
    return create(owner, Quota.AS_SET, prompt, ImageOptions.NONE, idempotencyKey);
  }

  /**
   * Creates a task.
   *
   * @param owner owner of the new task
   * @param quota limits of the owner; ignored for the development user
   * @param prompt trimmed and checked
   * @param options options of the pictures, which the provider accepts
   * @param idempotencyKey key that makes a repeated request return the first answer; null for none
   * @throws TaskException.IdempotencyConflict if the key was used with another prompt or options
   * @throws TaskException.QueueFull if the limit of waiting tasks is reached, for the owner or for
   *     all users
   * @throws TaskException.DailyLimit if the owner's daily limit is reached
   * @throws jakarta.persistence.PersistenceException if a concurrent call uses the same key; a
   *     second attempt then returns that call's answer
   */
  public Task create(
      String owner, Quota quota, String prompt, ImageOptions options, String idempotencyKey) {
    return create(
        owner,
        quota,
        idempotencyKey,
        null,
        by -> Task.create(UUID.randomUUID(), owner, prompt, options, by));
  }

  /**
   * Creates a task from an uploaded picture, which the owner can choose at once. The other rules
   * are those of {@link #create(String, Quota, String, ImageOptions, String)}.
   *
   * @param id id of the new task; the picture is stored in its {@link Task#scopeOfOwnPicture}
   * @return the new task, or the first answer, which has another id
   */
  public Task createFromPicture(
      String owner, Quota quota, UUID id, String prompt, FileRef picture, String idempotencyKey) {
    return create(
        owner,
        quota,
        idempotencyKey,
        picture,
        by -> Task.ofOwnPicture(id, owner, prompt, picture, by));
  }

  private Task create(
      String owner,
      Quota quota,
      String idempotencyKey,
      FileRef picture,
      Function<ChangeContext, Task> newTask) {
    ChangeContext by = byUser(owner);
    Task task = newTask.apply(by);
    if (idempotencyKey != null) {
      IdempotencyRecord earlier =
          entities.find(IdempotencyRecord.class, new IdempotencyRecord.Key(owner, idempotencyKey));
      if (earlier != null) {
        return earlier.replay(task, picture, by);
      }
    }
    checkRoomInQueue(by.at());
    if (!owner.equals(DevelopmentUser.NAME)) {
      checkQuota(owner, quota, by.at());
    }
    entities.persist(task);
    if (idempotencyKey != null) {
      entities.persist(new IdempotencyRecord(idempotencyKey, task, picture));
    }
    return store(task, null);
  }

  /**
   * Chooses a picture without options of the model.
   *
   * @see #selectImage(String, UUID, int, ModelOptions)
   */
  public Task selectImage(String owner, UUID id, int index) {
    return selectImage(owner, id, index, ModelOptions.NONE);
  }

  /**
   * Chooses a picture and queues the task for its model.
   *
   * @param options options of the model, which its providers accept
   * @throws TaskException.InvalidState if the status does not allow choosing a picture
   * @throws TaskException.UnknownPicture if the task has no picture with this index
   */
  public Task selectImage(String owner, UUID id, int index, ModelOptions options) {
    Task task = lock(owner, id);
    task.selectImage(index, options, byUser(owner));
    return store(task, null);
  }

  /**
   * Queues an edit of a picture.
   *
   * @param instruction the change to make, trimmed and checked
   * @throws TaskException.InvalidState if the status does not allow an edit, or the task has the
   *     maximum number of pictures
   * @throws TaskException.UnknownPicture if the task has no picture with this index
   */
  public Task editImage(String owner, UUID id, int index, String instruction) {
    Task task = lock(owner, id);
    task.editImage(index, instruction, byUser(owner));
    return store(task, null);
  }

  /**
   * Cancels a task, or in IMAGE_EDITING only the edit; a result that arrives later changes nothing.
   *
   * @throws TaskException.InvalidState if the task is not in progress
   */
  public Task cancel(String owner, UUID id) {
    Task task = lock(owner, id);
    TaskClaim.Job abandoned = openJob(task);
    task.cancel(byUser(owner));
    return store(task, abandoned);
  }

  /**
   * Restarts the picture stage of a failed task; the old pictures and the model are discarded.
   *
   * @throws TaskException.InvalidState if the task has not failed or was created from an uploaded
   *     picture
   */
  public Task retryImages(String owner, UUID id) {
    Task task = lock(owner, id);
    task.retryImages(byUser(owner));
    return store(task, null);
  }

  /**
   * Restarts the picture stage of a failed task like {@link #retryImages(String, UUID)}, with other
   * options.
   *
   * @param options options of the pictures, which the provider accepts
   */
  public Task retryImages(String owner, UUID id, ImageOptions options) {
    Task task = lock(owner, id);
    task.retryImages(options, byUser(owner));
    return store(task, null);
  }

  /**
   * Restarts the model stage of a failed task with the chosen picture.
   *
   * @throws TaskException.InvalidState if the task has not failed, lacks pictures or has no chosen
   *     picture
   */
  public Task retryModel(String owner, UUID id) {
    Task task = lock(owner, id);
    task.retryModel(byUser(owner));
    return store(task, null);
  }

  /**
   * Restarts the model stage of a failed task like {@link #retryModel(String, UUID)}, with other
   * options.
   *
   * @param options options of the model, which its providers accept
   */
  public Task retryModel(String owner, UUID id, ModelOptions options) {
    Task task = lock(owner, id);
    task.retryModel(options, byUser(owner));
    return store(task, null);
  }

  /** Deletes a task, its rows and its files; a task in progress is cancelled first. */
  public void delete(String owner, UUID id) {
    Task task = lock(owner, id);
    ChangeContext by = byUser(owner);
    TaskClaim.Job abandoned = openJob(task);
    if (task.status().isInProgress()) {
      task.cancel(by);
    }
    task.discardFiles(by);
    entities.remove(task);
    history.writeDeletion(task, abandoned, by);
  }

  private Task store(Task task, TaskClaim.Job abandoned) {
    history.write(task, abandoned);
    return task;
  }

  private Task lock(String owner, UUID id) {
    Task task = TaskRepository.lock(entities, id);
    if (task == null || !task.owner().equals(owner)) {
      throw new TaskException.NotFound(id);
    }
    return task;
  }

  /**
   * Returns the provider job that stays open if the task is cancelled or deleted; null if there is
   * none.
   */
  public static TaskClaim.Job openJob(Task task) {
    return task.model()
        .filter(model -> task.status() == TaskStatus.MODEL_GENERATING)
        .filter(model -> model.apiTaskId() != null)
        .map(model -> new TaskClaim.Job(model.provider(), model.apiTaskId()))
        .orElse(null);
  }

  private void checkRoomInQueue(Instant now) {
    if (queueCapacity.take(now)) {
      return;
    }
    int limit = settings.get(Setting.QUEUE_LIMIT);
    int free = limit - waiting("", limit);
    if (free <= 0) {
      throw new TaskException.QueueFull(false, limit);
    }
    queueCapacity.setFree(free - 1, now);
  }

  private void checkQuota(String owner, Quota quota, Instant now) {
    int waiting = quota.waiting(settings);
    if (waiting(owner, waiting) >= waiting) {
      throw new TaskException.QueueFull(true, waiting);
    }
    int daily = quota.daily(settings);
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    if (!dailyCreations.count(owner, today, daily)) {
      insertDay(owner, today);
      if (!dailyCreations.count(owner, today, daily)) {
        throw new TaskException.DailyLimit(daily, now);
      }
    }
  }

  private void insertDay(String owner, LocalDate today) {
    try {
      dailyCreations.begin(owner, today);
    } catch (EJBException e) {
      LOG.log(Level.FINE, "Another request of this user inserted the row of the day", e);
    }
  }

  /** Counts the waiting tasks of one owner, or of all for an empty owner, up to the limit. */
  private int waiting(String owner, int limit) {
    Query count =
        entities.createNativeQuery(
            "select count(*) from (select 1 from task where status in"
                + " ('IMAGE_PENDING', 'MODEL_PENDING')"
                + (owner.isEmpty() ? "" : " and owner = ?2")
                + " limit ?1) waiting");
    count.setParameter(1, limit);
    if (!owner.isEmpty()) {
      count.setParameter(2, owner);
    }
    return ((Number) count.getSingleResult()).intValue();
  }

  private ChangeContext byUser(String owner) {
    return new ChangeContext("user:" + owner, node.name(), clock.instant());
  }
}
