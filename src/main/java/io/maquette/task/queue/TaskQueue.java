package io.maquette.task.queue;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.persistence.Sql;
import io.maquette.task.ChangeContext;
import io.maquette.task.FairOrder;
import io.maquette.task.FileRef;
import io.maquette.task.StaleClaimException;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.EditClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.ReservedSubmission;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskRepository;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.CallRows;
import io.maquette.task.submission.ModelSlotLock;
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
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Queue of due tasks, which workers claim. Each call is one short transaction. It locks rows
 * without waiting for other transactions, sets leases in database time and changes the tasks'
 * status.
 *
 * <p>Tasks are served in the order of their due times. Tasks that wait for a model provider are
 * served in fair order. A task whose lease has ended is due like any other.
 */
@Stateless
public class TaskQueue {

  /** Maximum number of tasks that one transaction claims; each adds a history row. */
  static final int AT_ONCE = 32;

  private static final String NEXT_FOR_MODEL =
      "select id from (" + FairOrder.WAITING + " and t.due_at <= current_timestamp";

  private static final String IN_FAIR_ORDER = ") waiting order by " + FairOrder.ORDER + " limit ?";

  private static final String ALLOWS =
      " and t.id in (select id from task where status = 'MODEL_PENDING'"
          + " and coalesce(model_providers, '') in ";

  private static final String PROVIDERS_OF_WAITING =
      "select distinct coalesce(model_providers, '') from task where status = 'MODEL_PENDING'"
          + " and due_at <= current_timestamp";

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
   * Claims tasks for the picture worker: first those in IMAGE_GENERATING, then waiting ones. For a
   * waiting task it also writes the ledger row of the first submission.
   *
   * @param max maximum number of tasks; positive, capped at {@link #AT_ONCE}
   * @param provider provider of the pictures
   */
  public List<ImageClaim> claimForPictures(int max, String provider) {
    int most = Math.min(max, AT_ONCE);
    List<UUID> begun = lockDue(TaskStatus.IMAGE_GENERATING, most);
    List<UUID> waiting =
        begun.size() < most ? lockDue(TaskStatus.IMAGE_PENDING, most - begun.size()) : List.of();
    List<Task> tasks =
        TaskRepository.inOrder(entities, Stream.concat(begun.stream(), waiting.stream()).toList());
    List<ImageClaim> claims =
        new ArrayList<>(resume(tasks.subList(0, begun.size()), "pictures", ImageClaim::resumed));
    claims.addAll(
        begin(
            tasks.subList(begun.size(), tasks.size()),
            provider,
            "pictures",
            Task::startImages,
            ImageClaim::first));
    history.write(tasks);
    return claims;
  }

  /**
   * Claims tasks for the picture worker whose next picture is paid for and only has to be fetched.
   *
   * @param max maximum number of tasks; positive, capped at {@link #AT_ONCE}
   */
  public List<ImageClaim> claimForFetching(int max) {
    List<UUID> waiting = ids(PAID, List.of(Math.min(max, AT_ONCE)));
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<UUID> asked = TaskRepository.padded(waiting);
    List<UUID> due =
        ids(
            "select id from task where status = 'IMAGE_GENERATING'"
                + " and due_at <= current_timestamp and id in "
                + TaskRepository.places(asked)
                + " for update skip locked",
            asked);
    return due.isEmpty()
        ? List.of()
        : resume(due, TaskStatus.IMAGE_GENERATING, ImageClaim::resumed);
  }

  /**
   * Provider that may receive new jobs.
   *
   * @param provider name of the provider
   * @param openJobs the provider's limit of open jobs
   * @param max maximum number of tasks
   * @param lists which tasks it may have: those that allow one of these lists of providers, names
   *     separated by commas, of which the empty text means any provider; empty for all tasks
   */
  public record ModelTarget(String provider, int openJobs, int max, List<String> lists) {
    public ModelTarget {
      lists = List.copyOf(lists);
    }

    /** Returns the target with the tasks of both. */
    public ModelTarget and(ModelTarget other) {
      return new ModelTarget(
          provider, openJobs, max, Stream.concat(lists.stream(), other.lists.stream()).toList());
    }
  }

  /**
   * Returns the lists of providers that the due tasks allow, as {@link ModelTarget} has them; empty
   * if no task is due.
   */
  public List<String> providersOfWaiting() {
    return Sql.rows(entities, PROVIDERS_OF_WAITING, List.of(), columns -> columns.getString(1));
  }

  /**
   * Claims any waiting tasks for one provider.
   *
   * @see #claimForSubmission(int, List)
   */
  public List<ModelClaim> claimForSubmission(int max, String provider, int openJobs) {
    return claimForSubmission(max, List.of(new ModelTarget(provider, openJobs, max, List.of())));
  }

  /**
   * Claims waiting tasks for the model submitter in fair order, up to each provider's limit of open
   * jobs over all nodes. It also writes the ledger row of each submission.
   *
   * @param max maximum number of tasks; positive, capped at {@link #AT_ONCE}
   * @param targets providers for the tasks
   */
  public List<ModelClaim> claimForSubmission(int max, List<ModelTarget> targets) {
    if (!new DueTasks(entities).exist(TaskStatus.MODEL_PENDING)) {
      return List.of();
    }
    List<ModelClaim> all = new ArrayList<>();
    for (ModelTarget target : targets) {
      all.addAll(claimFor(target, Math.min(max, AT_ONCE) - all.size()));
    }
    return all;
  }

  private List<ModelClaim> claimFor(ModelTarget target, int max) {
    int wanted = Math.min(max, target.max());
    int room = wanted > 0 ? freeSlots(entities, target.provider(), target.openJobs(), wanted) : 0;
    List<UUID> next = room > 0 ? nextForModel(target.lists(), room) : List.of();
    List<UUID> waiting = next.isEmpty() ? List.of() : lockWaitingForModel(next);
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Task> tasks = TaskRepository.inOrder(entities, waiting);
    Map<UUID, FileRef> pictures = TaskRepository.chosenImages(entities, waiting);
    List<ModelClaim> claims =
        begin(
            tasks,
            target.provider(),
            "models",
            (task, by) -> task.startModel(target.provider(), by),
            (task, reserved) -> ModelClaim.first(task, pictures.get(task.id()), reserved));
    history.write(tasks);
    return claims;
  }

  /**
   * Returns how many more jobs a provider may have. It counts under a lock, so that two nodes
   * cannot use the same free slot. It counts by provider only if the total leaves too few slots,
   * because that reads each task's model.
   *
   * @param wanted number of slots that is enough
   * @return number of free slots, at most {@code wanted}; zero or negative if there is none
   */
  public static int freeSlots(EntityManager entities, String provider, int openJobs, int wanted) {
    ModelSlotLock.acquire(entities);
    int room = openJobs - Sql.number(entities, OPEN_JOBS);
    if (room < wanted) {
      // a subquery, because a join might read all models that a provider ever made
      room = openJobs - Sql.number(entities, OPEN_JOBS_AT, provider);
    }
    return Math.min(room, wanted);
  }

  /**
   * Assigns a model to another provider if that provider has a free slot; then the claim ends.
   *
   * @param to name of the other provider
   * @param openJobs the other provider's limit of open jobs
   * @param why reason, for operators
   * @return whether the provider was changed
   * @throws StaleClaimException if the claim is no longer valid
   */
  public boolean changeProvider(TaskClaim claim, String to, int openJobs, String why)
      throws StaleClaimException {
    Task task = claim.lock(entities);
    if (freeSlots(entities, to, openJobs, 1) <= 0) {
      return false;
    }
    task.changeProvider(to, why, by("models"));
    history.write(task);
    return true;
  }

  /**
   * Claims tasks in MODEL_GENERATING for the poller: provider jobs to poll, and submissions to
   * repeat.
   *
   * @param max maximum number of tasks; positive, capped at {@link #AT_ONCE}
   */
  public List<TaskClaim> claimForPolling(int max) {
    List<UUID> due = lockDue(TaskStatus.MODEL_GENERATING, Math.min(max, AT_ONCE));
    List<TaskClaim> claims =
        new ArrayList<>(new OpenJobs(entities).claim(due, node.name(), leaseFrom(clock.instant())));
    Set<UUID> taken = claims.stream().map(TaskClaim::taskId).collect(Collectors.toSet());
    claims.addAll(
        resume(
            due.stream().filter(id -> !taken.contains(id)).toList(),
            TaskStatus.MODEL_GENERATING,
            TaskClaim::inModelStage));
    return claims;
  }

  /**
   * Claims tasks in IMAGE_EDITING for the edit worker.
   *
   * @param max maximum number of tasks; positive, capped at {@link #AT_ONCE}
   */
  public List<EditClaim> claimForEditing(int max) {
    return resume(
        lockDue(TaskStatus.IMAGE_EDITING, Math.min(max, AT_ONCE)),
        TaskStatus.IMAGE_EDITING,
        EditClaim::of);
  }

  private <C extends TaskClaim> List<C> resume(
      List<UUID> due, TaskStatus status, Function<Task, C> claim) {
    List<Task> tasks = TaskRepository.inOrder(entities, due);
    List<C> claims = resume(tasks, status.worker(), claim);
    history.write(tasks);
    return claims;
  }

  private List<UUID> lockDue(TaskStatus status, int max) {
    return new DueTasks(entities).lock(status, max);
  }

  private List<UUID> ids(String query, List<?> parameters) {
    return Sql.rows(entities, query, parameters, columns -> columns.getObject(1, UUID.class));
  }

  private List<UUID> nextForModel(List<String> lists, int max) {
    List<String> asked = lists.isEmpty() ? lists : TaskRepository.padded(lists);
    String filter = lists.isEmpty() ? "" : ALLOWS + TaskRepository.places(asked) + ")";
    List<Object> parameters = new ArrayList<>(asked);
    parameters.add(max);
    return ids(NEXT_FOR_MODEL + filter + IN_FAIR_ORDER, parameters);
  }

  /** Locks and returns the tasks that still wait and that no other transaction has locked. */
  private List<UUID> lockWaitingForModel(List<UUID> ids) {
    Map<UUID, TaskRepository.Locked> locked = TaskRepository.lockUnlocked(entities, ids);
    return ids.stream()
        .filter(locked::containsKey)
        .filter(id -> locked.get(id).status() == TaskStatus.MODEL_PENDING)
        .toList();
  }

  /** Starts the stage of waiting tasks and writes the ledger rows of their first submissions. */
  private <C extends TaskClaim> List<C> begin(
      List<Task> tasks,
      String provider,
      String worker,
      BiConsumer<Task, ChangeContext> start,
      BiFunction<Task, ReservedSubmission, C> claimOn) {
    long[] numbers = Sql.nextNumbers(entities, ProviderCall.NUMBERS, tasks.size());
    List<C> claims = new ArrayList<>();
    List<ProviderCall> calls = new ArrayList<>();
    for (Task task : tasks) {
      ChangeContext by = by(worker);
      long number = numbers[claims.size()];
      start.accept(task, by);
      lease(task, by);
      C claim = claimOn.apply(task, new ReservedSubmission(number, by.at()));
      calls.add(new ProviderCall(number, claim, provider, null, by));
      claims.add(claim);
    }
    new CallRows(entities).add(calls);
    return claims;
  }

  private <C extends TaskClaim> List<C> resume(
      List<Task> tasks, String worker, Function<Task, C> claimOn) {
    List<C> claims = new ArrayList<>();
    for (Task task : tasks) {
      ChangeContext by = by(worker);
      if (task.leasedBy() != null) {
        task.resume(by);
      }
      if (task.status().isInProgress()) {
        lease(task, by);
        claims.add(claimOn.apply(task));
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
