package io.maquette.task.queue;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.persistence.Sql;
import io.maquette.persistence.UndoneException;
import io.maquette.task.ChangeContext;
import io.maquette.task.ImageRows;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskRows;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.CallRows;
import io.maquette.task.submission.ProviderCall;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
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
   * @param settlements results of different claims
   * @return the outcomes, in the order of the results
   * @throws UndoneException if certainly no result was applied; a failed commit throws another
   *     exception, because its effect is unknown
   */
  public List<ResultOutcome> settle(List<TaskResult> settlements) {
    try {
      List<UUID> ids = settlements.stream().map(s -> s.claim().taskId()).toList();
      List<ResultOutcome> settled = apply(settlements, TaskRows.lockUnlocked(entities, ids));
      entities.flush(); // so that only the commit can fail afterwards
      return settled;
    } catch (RuntimeException e) {
      throw new UndoneException(e);
    }
  }

  /**
   * Applies one result and waits for the lock on its task. If the outcome is still LOCKED, the task
   * no longer exists.
   */
  public ResultOutcome settleLocked(TaskResult settlement) {
    UUID id = settlement.claim().taskId();
    return apply(List.of(settlement), TaskRows.lock(entities, List.of(id))).get(0);
  }

  private List<ResultOutcome> apply(
      List<TaskResult> settlements, Map<UUID, TaskRows.Locked> locked) {
    List<TaskResult> held =
        settlements.stream().filter(settlement -> isHeld(settlement.claim(), locked)).toList();
    CallRows calls = new CallRows(entities);
    List<AcceptedSubmission> accepted =
        held.stream().map(TaskResult::accepted).filter(Objects::nonNull).toList();
    calls.accepted(accepted, clock.instant());
    calls.stored(accepted);
    putOff(those(held, TaskResult::putsOff));
    List<TaskEvent> stored = storeImages(those(held, TaskResult::storesImage), locked);
    Map<UUID, Long> next = begin(those(held, TaskResult::goesOn), calls);
    Map<UUID, Task> changed = change(those(held, TaskResult::changesStatus), calls);
    history.write(stored, changed.values());
    return settlements.stream()
        .map(
            settlement -> {
              UUID id = settlement.claim().taskId();
              if (!locked.containsKey(id)) {
                return ResultOutcome.not(ResultOutcome.Outcome.LOCKED);
              }
              if (!held.contains(settlement)) {
                return ResultOutcome.not(ResultOutcome.Outcome.REFUSED);
              }
              return settlement.changesStatus()
                  ? ResultOutcome.applied(changed.get(id))
                  : ResultOutcome.unchanged(
                      locked.get(id).status(), settlement.due(), next.get(id));
            })
        .toList();
  }

  private static boolean isHeld(TaskClaim claim, Map<UUID, TaskRows.Locked> locked) {
    TaskRows.Locked row = locked.get(claim.taskId());
    return row != null && row.fence() == claim.fence();
  }

  private static List<TaskResult> those(List<TaskResult> all, Predicate<TaskResult> which) {
    return all.stream().filter(which).toList();
  }

  private void putOff(List<TaskResult> settlements) {
    if (!settlements.isEmpty()) {
      TaskRows.putOff(
          entities,
          settlements.stream().collect(Collectors.toMap(s -> s.claim().taskId(), TaskResult::due)));
    }
  }

  /**
   * Stores pictures. If more pictures follow, it extends a lease that could end during the next
   * one.
   *
   * @return the history events of the pictures
   */
  private List<TaskEvent> storeImages(
      List<TaskResult> settlements, Map<UUID, TaskRows.Locked> locked) {
    ChangeContext now = by(TaskStatus.IMAGE_GENERATING);
    List<ImageRows.Stored> images = new ArrayList<>();
    List<TaskEvent> events = new ArrayList<>();
    for (TaskResult settlement : settlements) {
      TaskClaim claim = settlement.claim();
      ChangeContext by = locked.get(claim.taskId()).after(now);
      images.add(new ImageRows.Stored(claim.taskId(), settlement.image(), by.at()));
      events.add(TaskEvent.imageStored(claim, settlement.image(), by));
    }
    Duration lease = settings.get(Setting.WORKER_LEASE);
    Duration least = lease.plus(settings.get(Setting.IMAGE_DEADLINE)).dividedBy(2);
    ImageRows rows = new ImageRows(entities);
    rows.add(images);
    rows.tell(
        images.stream().filter(stored -> !stored.image().isLast()).toList(),
        now.at().plus(least),
        now.at().plus(lease));
    return events;
  }

  /**
   * Writes the ledger rows of submissions that follow a stored picture; a new step starts with no
   * failed attempts.
   *
   * @return the ledger row numbers by task
   */
  private Map<UUID, Long> begin(List<TaskResult> settlements, CallRows calls) {
    long[] numbers = Sql.nextNumbers(entities, ProviderCall.NUMBERS, settlements.size());
    ChangeContext by = by(TaskStatus.IMAGE_GENERATING);
    Map<UUID, Long> begun = new HashMap<>();
    List<ProviderCall> rows = new ArrayList<>();
    for (TaskResult settlement : settlements) {
      long number = numbers[rows.size()];
      rows.add(new ProviderCall(number, settlement.claim(), 0, settlement.next(), null, by));
      begun.put(settlement.claim().taskId(), number);
    }
    calls.add(rows);
    return begun;
  }

  private Map<UUID, Task> change(List<TaskResult> settlements, CallRows calls) {
    Map<UUID, Task> tasks =
        TaskRows.find(entities, settlements.stream().map(s -> s.claim().taskId()).toList());
    for (TaskResult settlement : settlements) {
      Task task = tasks.get(settlement.claim().taskId());
      settlement.verb().on(task, calls, by(task.status()));
    }
    return tasks;
  }

  private ChangeContext by(TaskStatus status) {
    return new ChangeContext("worker:" + status.worker(), node.name(), clock.instant());
  }
}
