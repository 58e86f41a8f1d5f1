package io.maquette.task;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores what a task's verbs left behind - history rows and files let go - in the transaction that
 * changed it, and announces the change to those who act after the commit.
 */
@Dependent
class TaskHistory {

  @PersistenceContext private EntityManager entities;
  @Inject private Event<TaskChanged> changes;

  /** For CDI. */
  TaskHistory() {}

  TaskHistory(EntityManager entities, Event<TaskChanged> changes) {
    this.entities = entities;
    this.changes = changes;
  }

  /**
   * Stores and announces everything since the last call.
   *
   * @param abandoned a job left open at a provider; null if there is none
   */
  void write(Task task, Claim.Job abandoned) {
    write(List.of(task), abandoned);
  }

  void write(Task task) {
    write(task, null);
  }

  /** As above, of several tasks. */
  void write(List<Task> tasks) {
    write(tasks, null);
  }

  private void write(List<Task> tasks, Claim.Job abandoned) {
    List<TaskEvent> events = new ArrayList<>();
    for (Task task : tasks) {
      for (TaskEvent event : task.takeNewEvents()) {
        events.add(event);
        announce(event, abandoned);
      }
      task.takeDiscardedFiles().forEach(entities::merge); // some may be listed already
    }
    number(events);
  }

  private void announce(TaskEvent event, Claim.Job abandoned) {
    changes.fire(
        new TaskChanged(
            event.taskId(), event.owner(), event.type(), event.from(), event.to(), abandoned));
  }

  private void number(List<TaskEvent> events) {
    long[] numbers = Numbers.next(entities, TaskEvent.NUMBERS, events.size());
    for (int i = 0; i < numbers.length; i++) {
      events.get(i).number(numbers[i]);
      entities.persist(events.get(i));
    }
  }

  /** Of a task that is removed one row stays, which says so. */
  void writeDeletion(Task task, Claim.Job abandoned, Change by) {
    entities
        .createQuery("delete from TaskEvent e where e.taskId = :id")
        .setParameter("id", task.id())
        .executeUpdate();
    number(List.of(TaskEvent.deletion(task, by)));
    task.takeDiscardedFiles().forEach(entities::merge); // some may be listed already
    changes.fire(
        new TaskChanged(
            task.id(), task.owner(), TaskEvent.Type.DELETED, task.status(), null, abandoned));
  }
}
