package io.maquette.task.queue;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.persistence.Numbers;
import io.maquette.persistence.Sql;
import io.maquette.task.ChangeContext;
import io.maquette.task.FairOrder;
import io.maquette.task.FileRef;
import io.maquette.task.ImageRows;
import io.maquette.task.StaleClaimException;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskRows;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.CallRows;
import io.maquette.task.submission.ModelGate;
import io.maquette.task.submission.PlannedSubmission;
import io.maquette.task.submission.ProviderCall;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queue: workers take the tasks that are due. Each call is one short transaction in which rows
 * are locked without waiting for anybody else's, given a lease in database time, and moved on.
 *
 * <p>Tasks come first come, first served, and users take turns where room is scarce. A task whose
 * lease ran out is due like any other.
 */
@Stateless
public class TaskQueue {

  /** How many tasks one transaction takes; each leaves a row in the log. */
  static final int AT_ONCE = 32;

  private static final String NEXT_FOR_MODEL =
      "select id from ("
          + FairOrder.WAITING
          + " and t.due_at <= current_timestamp) waiting order by "
          + FairOrder.ORDER
          + " limit ?";

  private static final String PAID =
      "select distinct r.task_id from paid_result r join task t on t.id = r.task_id"
          + " where r.address is not null and t.status = 'IMAGE_GENERATING'"
          + " and t.due_at <= current_timestamp limit ?";

  private static final String OPEN_JOBS =
      "select count(*) from task where status = 'MODEL_GENERATING'";

  private static final String OPEN_JOBS_AT =
      "select count(*) from task t where t.status = 'MODEL_GENERATING' and ? ="
          + " (select m.provider from task_model m where m.task_id = t.id)";

  @PersistenceContext private EntityManager entities;
  @Inject private TaskEventWriter history;
  @Inject private Clock clock;
  @Inject private LocalNode node;
  @Inject private Settings settings;

  /** For the container. */
  public TaskQueue() {}

  public TaskQueue(
      EntityManager entities,
      TaskEventWriter history,
      Clock clock,
      LocalNode node,
      Settings settings) {
    this.entities = entities;
    this.history = history;
    this.clock = clock;
    this.node = node;
    this.settings = settings;
  }

  /**
   * Takes tasks for the picture worker: those begun already, then waiting ones. With a waiting one
   * the row of its first submission is written.
   *
   * @param max how many at most; positive, no more than {@link #AT_ONCE} are taken
   * @param provider who shall make the pictures
   */
  public List<TaskClaim> claimForPictures(int max, String provider) {
    int most = Math.min(max, AT_ONCE);
    List<UUID> begun = lockDue(TaskStatus.IMAGE_GENERATING, most);
    List<UUID> waiting =
        begun.size() < most ? lockDue(TaskStatus.IMAGE_PENDING, most - begun.size()) : List.of();
    List<Task> tasks =
        TaskRows.inOrder(entities, Stream.concat(begun.stream(), waiting.stream()).toList());
    List<TaskClaim> claims = new ArrayList<>(resume(tasks.subList(0, begun.size()), "pictures"));
    claims.addAll(
        begin(
            tasks.subList(begun.size(), tasks.size()),
            Map.of(),
            new PlannedSubmission(0, provider),
            "pictures",
            Task::startImages));
    history.write(tasks);
    return claims;
  }

  /**
   * Takes tasks for the picture worker whose next picture is paid for and only has to be fetched.
   *
   * @param max how many at most; positive, no more than {@link #AT_ONCE} are taken
   */
  public List<TaskClaim> claimForFetching(int max) {
    List<UUID> waiting = ids(PAID, List.of(Math.min(max, AT_ONCE)));
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<UUID> asked = TaskRows.padded(waiting);
    List<UUID> due =
        ids(
            "select id from task where status = 'IMAGE_GENERATING'"
                + " and due_at <= current_timestamp and id in "
                + TaskRows.places(asked)
                + " for update skip locked",
            asked);
    return due.isEmpty() ? List.of() : resume(due, TaskStatus.IMAGE_GENERATING);
  }

  /**
   * Takes waiting tasks for the model submitter, as many as there is room for at the provider: all
   * nodes together never have more jobs open there than the limit. Users take turns. The row of
   * each one's submission is written with it.
   *
   * @param max how many at most; positive, no more than {@link #AT_ONCE} are taken
   * @param provider who shall make the models
   * @param openJobs how many jobs may be open there
   */
  public List<TaskClaim> claimForSubmission(int max, String provider, int openJobs) {
    if (!new DueTasks(entities).exist(TaskStatus.MODEL_PENDING)) {
      return List.of();
    }
    int room = roomAt(entities, provider, openJobs, Math.min(max, AT_ONCE));
    List<UUID> next = room > 0 ? nextForModel(room) : List.of();
    if (next.isEmpty()) {
      return List.of();
    }
    List<UUID> waiting = lockWaitingForModel(next);
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Task> tasks = TaskRows.inOrder(entities, waiting);
    List<TaskClaim> claims =
        begin(
            tasks,
            new ImageRows(entities).chosen(waiting),
            new PlannedSubmission(null, provider),
            "models",
            (task, by) -> task.startModel(provider, by));
    history.write(tasks);
    return claims;
  }

  /**
   * Counts under a lock, so that two nodes cannot fill the same room. Open jobs are told apart by
   * their providers only where all together leave no room, as each one's model is read for that.
   *
   * @param wanted how many would do
   * @return how many more there may be, no more than wanted; not positive if there is no room
   */
  public static int roomAt(EntityManager entities, String provider, int openJobs, int wanted) {
    ModelGate.pass(entities);
    int room = openJobs - Sql.number(entities, OPEN_JOBS);
    if (room < wanted) {
      // joined, all models that a provider ever made might be read
      room = openJobs - Sql.number(entities, OPEN_JOBS_AT, provider);
    }
    return Math.min(room, wanted);
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
  public boolean changeProvider(TaskClaim claim, String to, int openJobs, String why)
      throws StaleClaimException {
    Task task = claim.lock(entities);
    if (roomAt(entities, to, openJobs, 1) <= 0) {
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
   * @param max how many at most; positive, no more than {@link #AT_ONCE} are taken
   */
  public List<TaskClaim> claimForPolling(int max) {
    List<UUID> due = lockDue(TaskStatus.MODEL_GENERATING, Math.min(max, AT_ONCE));
    List<TaskClaim> claims =
        new ArrayList<>(new OpenJobs(entities).claim(due, node.name(), leaseFrom(clock.instant())));
    Set<UUID> taken = claims.stream().map(TaskClaim::taskId).collect(Collectors.toSet());
    claims.addAll(
        resume(
            due.stream().filter(id -> !taken.contains(id)).toList(), TaskStatus.MODEL_GENERATING));
    return claims;
  }

  /**
   * Takes tasks of whose pictures one shall be changed, for the edit worker.
   *
   * @param max how many at most; positive, no more than {@link #AT_ONCE} are taken
   */
  public List<TaskClaim> claimForEditing(int max) {
    return resume(
        lockDue(TaskStatus.IMAGE_EDITING, Math.min(max, AT_ONCE)), TaskStatus.IMAGE_EDITING);
  }

  private List<TaskClaim> resume(List<UUID> due, TaskStatus status) {
    List<Task> tasks = TaskRows.inOrder(entities, due);
    List<TaskClaim> claims = resume(tasks, status.worker());
    history.write(tasks);
    return claims;
  }

  private List<UUID> lockDue(TaskStatus status, int max) {
    return new DueTasks(entities).lock(status, max);
  }

  private List<UUID> ids(String query, List<?> parameters) {
    return Sql.rows(entities, query, parameters, columns -> columns.getObject(1, UUID.class));
  }

  private List<UUID> nextForModel(int max) {
    return Sql.rows(
        entities, NEXT_FOR_MODEL, List.of(max), columns -> columns.getObject(1, UUID.class));
  }

  /** Those that wait still, and that nobody else has locked. */
  private List<UUID> lockWaitingForModel(List<UUID> ids) {
    Map<UUID, TaskRows.Locked> locked = TaskRows.lockUnlocked(entities, ids);
    return ids.stream()
        .filter(locked::containsKey)
        .filter(id -> locked.get(id).status() == TaskStatus.MODEL_PENDING)
        .toList();
  }

  private interface Beginning {
    void of(Task task, ChangeContext by);
  }

  private List<TaskClaim> begin(
      List<Task> tasks,
      Map<UUID, FileRef> pictures,
      PlannedSubmission call,
      String worker,
      Beginning beginning) {
    long[] numbers = Numbers.next(entities, ProviderCall.NUMBERS, tasks.size());
    List<TaskClaim> claims = new ArrayList<>();
    List<ProviderCall> calls = new ArrayList<>();
    for (Task task : tasks) {
      ChangeContext by = by(worker);
      long number = numbers[claims.size()];
      beginning.of(task, by);
      lease(task, by);
      TaskClaim claim = TaskClaim.first(task, pictures.get(task.id()), number);
      calls.add(new ProviderCall(number, claim, claim.failedAttempts(), call, null, by));
      claims.add(claim);
    }
    new CallRows(entities).add(calls);
    return claims;
  }

  private List<TaskClaim> resume(List<Task> tasks, String worker) {
    List<TaskClaim> claims = new ArrayList<>();
    for (Task task : tasks) {
      ChangeContext by = by(worker);
      if (task.leasedBy() != null) {
        task.resume(by);
      }
      if (task.status().isInProgress()) {
        lease(task, by);
        claims.add(TaskClaim.on(task));
      }
    }
    return claims;
  }

  private void lease(Task task, ChangeContext by) {
    task.leaseTo(node.name(), leaseFrom(by.at()));
  }

  private Instant leaseFrom(Instant now) {
    return now.plus(settings.get(Setting.WORKER_LEASE));
  }

  private ChangeContext by(String worker) {
    return new ChangeContext("worker:" + worker, node.name(), clock.instant());
  }
}
