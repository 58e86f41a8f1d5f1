package io.maquette.task;

import io.maquette.platform.Node;
import io.maquette.platform.UndoneException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PrimitiveIterator.OfLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Applies what workers bring back, several results in one short transaction: the rows are locked,
 * each task's fence is compared with its claim's, its verb called, its history stored with it. A
 * result whose task has moved on changes nothing and leaves the others alone. Tasks of which
 * nothing became are put off unread.
 */
@Stateless
public class Settlements {

  @PersistenceContext private EntityManager entities;
  @Inject private TaskHistory history;
  @Inject private Clock clock;
  @Inject private Node node;

  /** For the container. */
  public Settlements() {}

  Settlements(EntityManager entities, TaskHistory history, Clock clock, Node node) {
    this.entities = entities;
    this.history = history;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Applies those whose tasks nobody else has locked, all or none.
   *
   * @param settlements of different claims
   * @return what came of each, in their order
   * @throws UndoneException if none was applied for sure; when the commit fails, nobody knows
   */
  public List<Settled> settle(List<Settlement> settlements) {
    try {
      List<UUID> ids = settlements.stream().map(s -> s.claim().taskId()).toList();
      List<Settled> settled = apply(settlements, TaskRows.lockUnlocked(entities, ids));
      entities.flush(); // so that only the commit is left
      return settled;
    } catch (RuntimeException e) {
      throw new UndoneException(e);
    }
  }

  /** Applies one, and waits for whoever has its task locked; it is not there if it still is. */
  public Settled settleLocked(Settlement settlement) {
    UUID id = settlement.claim().taskId();
    return apply(List.of(settlement), TaskRows.lock(entities, List.of(id))).get(0);
  }

  private List<Settled> apply(List<Settlement> settlements, Map<UUID, TaskRows.Locked> locked) {
    List<Settlement> held =
        settlements.stream().filter(settlement -> isHeld(settlement.claim(), locked)).toList();
    putOff(held.stream().filter(Settlement::putsOff).toList());
    Map<UUID, Settled> changed = change(held.stream().filter(s -> !s.putsOff()).toList());
    return settlements.stream()
        .map(
            settlement -> {
              UUID id = settlement.claim().taskId();
              if (!locked.containsKey(id)) {
                return Settled.not(Settled.Outcome.LOCKED);
              }
              if (!held.contains(settlement)) {
                return Settled.not(Settled.Outcome.REFUSED);
              }
              return settlement.putsOff()
                  ? Settled.putOff(locked.get(id).status(), settlement.due())
                  : changed.get(id);
            })
        .toList();
  }

  private static boolean isHeld(Claim claim, Map<UUID, TaskRows.Locked> locked) {
    TaskRows.Locked row = locked.get(claim.taskId());
    return row != null && row.fence() == claim.fence();
  }

  private void putOff(List<Settlement> settlements) {
    if (!settlements.isEmpty()) {
      TaskRows.putOff(
          entities,
          settlements.stream().collect(Collectors.toMap(s -> s.claim().taskId(), Settlement::due)));
    }
  }

  private Map<UUID, Settled> change(List<Settlement> settlements) {
    Map<UUID, Task> tasks =
        TaskRows.find(entities, settlements.stream().map(s -> s.claim().taskId()).toList());
    CallRows calls = new CallRows(entities);
    calls.accepted(
        settlements.stream().map(Settlement::accepted).filter(Objects::nonNull).toList(),
        clock.instant());
    Map<UUID, Settled> settled = new HashMap<>();
    OfLong numbers = numbers(settlements);
    for (Settlement settlement : settlements) {
      Task task = tasks.get(settlement.claim().taskId());
      Change by = by(task);
      settlement.verb().on(task, calls, by);
      Long next = settlement.next() == null ? null : numbers.next();
      if (next != null) {
        entities.persist(
            new ProviderCall(
                next, settlement.claim(), task.failedAttempts(), settlement.next(), null, by));
      }
      settled.put(task.id(), Settled.applied(task, next));
    }
    history.write(List.copyOf(tasks.values()));
    return settled;
  }

  private OfLong numbers(List<Settlement> settlements) {
    long count = settlements.stream().map(Settlement::next).filter(Objects::nonNull).count();
    return LongStream.of(Numbers.next(entities, ProviderCall.NUMBERS, (int) count)).iterator();
  }

  private Change by(Task task) {
    return new Change("worker:" + task.status().worker(), node.name(), clock.instant());
  }
}
