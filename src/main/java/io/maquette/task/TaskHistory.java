package io.maquette.task;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

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
    entities.flush(); // a new task's row comes before its history
    for (TaskEvent event : task.takeNewEvents()) {
      entities.persist(event);
      changes.fire(
          new TaskChanged(
              task.id(), task.owner(), event.type(), event.from(), event.to(), abandoned));
    }
    task.takeDiscardedFiles().forEach(entities::merge); // some may be listed already
  }

  void write(Task task) {
    write(task, null);
  }

  /** Of a task that is removed one row stays, which says so. */
  void writeDeletion(Task task, Claim.Job abandoned, Change by) {
    entities
        .createQuery("delete from TaskEvent e where e.taskId = :id")
        .setParameter("id", task.id())
        .executeUpdate();
    entities.persist(TaskEvent.deletion(task, by));
    task.takeDiscardedFiles().forEach(entities::merge); // some may be listed already
    changes.fire(
        new TaskChanged(
            task.id(), task.owner(), TaskEvent.Type.DELETED, task.status(), null, abandoned));
  }
}
