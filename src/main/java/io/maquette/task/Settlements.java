package io.maquette.task;

import io.maquette.platform.Node;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Applies what workers bring back, several results in one short transaction: the rows are locked,
 * each task's fence is compared with its claim's, its verb called, its history stored with it. A
 * result whose task has moved on changes nothing and leaves the others alone.
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
   * Applies them, all or none.
   *
   * @param settlements of different claims
   * @return what came of each, in their order
   */
  public List<Settled> settle(List<Settlement> settlements) {
    Map<UUID, Task> tasks =
        TaskRows.lock(entities, settlements.stream().map(s -> s.claim().taskId()).toList());
    CallRows calls =
        new CallRows(
            entities, settlements.stream().map(Settlement::call).filter(Objects::nonNull).toList());
    long[] numbers =
        Numbers.next(
            entities,
            ProviderCall.NUMBERS,
            (int) settlements.stream().map(Settlement::next).filter(Objects::nonNull).count());
    int used = 0;
    List<Settled> settled = new ArrayList<>();
    List<Task> changed = new ArrayList<>();
    for (Settlement settlement : settlements) {
      Task task = tasks.get(settlement.claim().taskId());
      if (task == null || task.fence() != settlement.claim().fence()) {
        settled.add(Settled.REFUSED);
        continue;
      }
      Change by = by(task);
      settlement.verb().on(task, calls, by);
      Long next = null;
      if (settlement.next() != null) {
        next = numbers[used++];
        entities.persist(
            new ProviderCall(
                next,
                task.id(),
                task.failedAttempts() + 1,
                settlement.next(),
                null,
                by.notBefore(settlement.claim().startedAt())));
      }
      changed.add(task);
      boolean given = task.status().isInProgress() && task.leasedBy() == null;
      settled.add(new Settled(true, task.status(), given ? task.dueAt() : null, next));
    }
    history.write(changed);
    return settled;
  }

  private Change by(Task task) {
    String worker = task.status() == TaskStatus.IMAGE_GENERATING ? "pictures" : "models";
    return new Change("worker:" + worker, node.name(), clock.instant());
  }
}
