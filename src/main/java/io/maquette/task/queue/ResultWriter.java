package io.maquette.task.queue;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.persistence.RolledBackException;
import io.maquette.persistence.Sql;
import io.maquette.task.ChangeContext;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ReservedSubmission;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskRepository;
import io.maquette.task.TaskStatus;
import io.maquette.task.queue.ResultOutcome.Applied;
import io.maquette.task.queue.ResultOutcome.NotApplied;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.CallRows;
import io.maquette.task.submission.ProviderCall;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writer that applies several results of workers in one short transaction. It locks the rows,
 * compares each task's fence with its claim's, calls the task's method and stores the history. A
 * result with an outdated claim changes nothing and does not affect the others. Postponed tasks and
 * tasks with one more picture keep their status, so they are not loaded.
 */
@Stateless
public class ResultWriter {

  @PersistenceContext private EntityManager entities;
  @Inject private TaskEventWriter history;
  @Inject private Clock clock;
  @Inject private LocalNode node;
  @Inject private Settings settings;

  /** For the container. */
  public ResultWriter() {}

  public ResultWriter(
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
   * Applies the results whose tasks no other transaction has locked, all or none of them.
   *
   * @param results results of different claims
   * @return the outcomes, in the order of the results
   * @throws RolledBackException if certainly no result was applied; a failed commit throws another
   *     exception, because its effect is unknown
   */
  public List<ResultOutcome> apply(List<TaskResult> results) {
    try {
      List<UUID> ids = results.stream().map(result -> result.claim().taskId()).toList();
      List<ResultOutcome> outcomes = apply(results, TaskRepository.lockUnlocked(entities, ids));
      entities.flush(); // so that only the commit can fail afterwards
      return outcomes;
    } catch (RuntimeException e) {
      throw new RolledBackException(e);
    }
  }

  /**
   * Applies one result and waits for the lock on its task. If the outcome is still LOCKED, the task
   * no longer exists.
   */
  public ResultOutcome applyLocked(TaskResult result) {
    UUID id = result.claim().taskId();
    return apply(List.of(result), TaskRepository.lock(entities, List.of(id))).get(0);
  }

  private List<ResultOutcome> apply(
      List<TaskResult> results, Map<UUID, TaskRepository.Locked> locked) {
    List<TaskResult> valid =
        results.stream().filter(result -> isValid(result.claim(), locked)).toList();
    CallRows calls = new CallRows(entities);
    List<AcceptedSubmission> accepted =
        valid.stream().flatMap(result -> result.submission().stream()).toList();
    calls.accepted(accepted, clock.instant());
    calls.stored(accepted);
    postpone(only(valid, Postponed.class));
    List<ImageStored> images = only(valid, ImageStored.class);
    List<TaskEvent> stored = storeImages(images, locked);
    Map<UUID, ImageClaim> next =
        continueClaims(images.stream().filter(image -> !image.changesTask()).toList(), calls);
    Map<UUID, Task> changed =
        change(valid.stream().filter(TaskResult::changesTask).toList(), calls);
    history.write(stored, changed.values());
    List<ResultOutcome> outcomes = new ArrayList<>();
    for (TaskResult result : results) {
      UUID id = result.claim().taskId();
      if (!locked.containsKey(id)) {
        outcomes.add(NotApplied.LOCKED);
      } else if (!isValid(result.claim(), locked)) {
        outcomes.add(NotApplied.REFUSED);
      } else if (result.changesTask()) {
        outcomes.add(Applied.to(changed.get(id)));
      } else {
        outcomes.add(
            new Applied(locked.get(id).status(), dueOf(result), Optional.ofNullable(next.get(id))));
      }
    }
    return outcomes;
  }

  private static boolean isValid(TaskClaim claim, Map<UUID, TaskRepository.Locked> locked) {
    TaskRepository.Locked row = locked.get(claim.taskId());
    return row != null && row.fence() == claim.fence();
  }

  private static <T extends TaskResult> List<T> only(List<TaskResult> all, Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Optional<Instant> dueOf(TaskResult result) {
    return result instanceof Postponed postponed ? Optional.of(postponed.due()) : Optional.empty();
  }

  private void postpone(List<Postponed> results) {
    if (!results.isEmpty()) {
      TaskRepository.postpone(
          entities,
          results.stream()
              .collect(Collectors.toMap(result -> result.claim().taskId(), Postponed::due)));
    }
  }

  /**
   * Stores pictures. If more pictures follow, it extends a lease that could end during the next
   * one.
   *
   * @return the history events of the pictures
   */
  private List<TaskEvent> storeImages(
      List<ImageStored> results, Map<UUID, TaskRepository.Locked> locked) {
    ChangeContext now = by(TaskStatus.IMAGE_GENERATING);
    List<TaskRepository.StoredImage> images = new ArrayList<>();
    List<TaskEvent> events = new ArrayList<>();
    for (ImageStored result : results) {
      ImageClaim claim = result.claim();
      TaskRepository.Locked row = locked.get(claim.taskId());
      ChangeContext by = row.after(now);
      images.add(new TaskRepository.StoredImage(claim.taskId(), result.image(), by.at()));
      events.add(TaskEvent.imageStored(claim, row, result.image(), by));
    }
    Duration lease = settings.get(Setting.WORKER_LEASE);
    Duration least = lease.plus(settings.get(Setting.IMAGE_DEADLINE)).dividedBy(2);
    TaskRepository.addImages(entities, images);
    TaskRepository.continueImages(
        entities,
        images.stream().filter(stored -> !stored.image().isLast()).toList(),
        now.at().plus(least),
        now.at().plus(lease));
    return events;
  }

  /**
   * Continues the claims of stored pictures and writes the ledger rows of the submissions that
   * follow.
   *
   * @return the continued claims by task
   */
  private Map<UUID, ImageClaim> continueClaims(List<ImageStored> results, CallRows calls) {
    int reserved = (int) results.stream().filter(r -> r.nextProvider().isPresent()).count();
    long[] numbers = Sql.nextNumbers(entities, ProviderCall.NUMBERS, reserved);
    ChangeContext by = by(TaskStatus.IMAGE_GENERATING);
    Map<UUID, ImageClaim> continued = new HashMap<>();
    List<ProviderCall> rows = new ArrayList<>();
    for (ImageStored result : results) {
      ImageClaim next = result.claim().afterPicture(Optional.empty());
      if (result.nextProvider().isPresent()) {
        long number = numbers[rows.size()];
        next = result.claim().afterPicture(Optional.of(new ReservedSubmission(number, by.at())));
        rows.add(new ProviderCall(number, next, result.nextProvider().get(), null, by));
      }
      continued.put(next.taskId(), next);
    }
    calls.add(rows);
    return continued;
  }

  private Map<UUID, Task> change(List<TaskResult> results, CallRows calls) {
    List<UUID> ids = results.stream().map(result -> result.claim().taskId()).toList();
    Map<UUID, Task> tasks = // a task checks that it has all pictures before the stage completes
        results.stream().anyMatch(ImageStored.class::isInstance)
            ? TaskRepository.findWithImages(entities, ids)
            : TaskRepository.find(entities, ids);
    for (TaskResult result : results) {
      Task task = tasks.get(result.claim().taskId());
      result.apply(task, calls, by(task.status()));
    }
    return tasks;
  }

  private ChangeContext by(TaskStatus status) {
    return new ChangeContext("worker:" + status.worker(), node.name(), clock.instant());
  }
}
