package io.maquette.task;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writer of the history rows and the discarded files of changed tasks, in the transaction of the
 * change. It also fires {@link TaskChanges}, which wakes workers, event streams and webhooks after
 * the commit.
 */
@Dependent
public class TaskEventWriter {

  @PersistenceContext private EntityManager entities;
  @Inject private Event<TaskChanges> changes;

  /** For CDI. */
  TaskEventWriter() {}

  TaskEventWriter(EntityManager entities, Event<TaskChanges> changes) {
    this.entities = entities;
    this.changes = changes;
  }

  /**
   * Stores and fires everything since the last call.
   *
   * @param abandoned provider job that was left open; null if there is none
   */
  public void write(Task task, TaskClaim.Job abandoned) {
    write(List.of(), List.of(task), abandoned);
  }

  public void write(Task task) {
    write(task, null);
  }

  /** Stores and fires the changes of several tasks. */
  public void write(Collection<Task> tasks) {
    write(List.of(), tasks);
  }

  /**
   * Stores and fires the changes of several tasks.
   *
   * @param before earlier events, of these tasks or of others
   */
  public void write(List<TaskEvent> before, Collection<Task> tasks) {
    write(before, tasks, null);
  }

  private void write(List<TaskEvent> before, Collection<Task> tasks, TaskClaim.Job abandoned) {
    List<TaskEvent> events = new ArrayList<>(before);
    for (Task task : tasks) {
      events.addAll(task.takeNewEvents());
      task.takeDiscardedFiles().forEach(entities::merge); // some files may already be listed
    }
    if (!events.isEmpty()) {
      TaskRepository.addEvents(entities, events);
      changes.fire(new TaskChanges(events.stream().map(event -> event.change(abandoned)).toList()));
    }
  }

  /** Replaces the history of a deleted task with one row, which records the deletion. */
  public void writeDeletion(Task task, TaskClaim.Job abandoned, ChangeContext by) {
    entities
        .createNamedQuery(TaskEvent.DELETE_OF_TASK)
        .setParameter("id", task.id())
        .executeUpdate();
    TaskRepository.addEvents(entities, List.of(TaskEvent.deletion(task, by)));
    task.takeDiscardedFiles().forEach(entities::merge); // some files may already be listed
    TaskChanged gone =
        new TaskChanged(
            task.id(), task.owner(), TaskEvent.Type.DELETED, task.status(), null, abandoned);
    changes.fire(new TaskChanges(List.of(gone)));
  }
}
