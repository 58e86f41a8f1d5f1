package io.maquette.task;

import io.maquette.persistence.NewRows;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Stores what a task's verbs left behind - history rows and files let go - in the transaction that
 * changed it, and announces the change to those who act after the commit.
 */
@Dependent
public class TaskEventWriter {

  /** Numbered in the order in which they are written, on whatever node. */
  private static final NewRows<TaskEvent> ROWS =
      new NewRows<TaskEvent>("task_event")
          .numberedBy("task_event_number")
          .column("task_id", TaskEvent::taskId)
          .column("owner", TaskEvent::owner)
          .column("occurred_at", TaskEvent::at)
          .column("event_type", TaskEvent::type)
          .column("from_status", Types.VARCHAR, TaskEvent::from)
          .column("to_status", TaskEvent::to)
          .column("actor", TaskEvent::actor)
          .column("node", TaskEvent::node)
          .column("attempt", TaskEvent::attempt)
          .column("image_index", Types.INTEGER, TaskEvent::imageIndex)
          .column("model_status", Types.VARCHAR, TaskEvent::modelStatus)
          .column("progress", Types.INTEGER, TaskEvent::progress)
          .column("detail", Types.VARCHAR, TaskEvent::detail);

  @PersistenceContext private EntityManager entities;
  @Inject private Event<TaskChanges> changes;

  /** For CDI. */
  TaskEventWriter() {}

  TaskEventWriter(EntityManager entities, Event<TaskChanges> changes) {
    this.entities = entities;
    this.changes = changes;
  }

  /**
   * Stores and announces everything since the last call.
   *
   * @param abandoned a job left open at a provider; null if there is none
   */
  public void write(Task task, TaskClaim.Job abandoned) {
    write(List.of(), List.of(task), abandoned);
  }

  public void write(Task task) {
    write(task, null);
  }

  /** As above, of several tasks. */
  public void write(Collection<Task> tasks) {
    write(List.of(), tasks);
  }

  /**
   * As above, of several tasks.
   *
   * @param before what happened before that, of these tasks or of others
   */
  public void write(List<TaskEvent> before, Collection<Task> tasks) {
    write(before, tasks, null);
  }

  private void write(List<TaskEvent> before, Collection<Task> tasks, TaskClaim.Job abandoned) {
    List<TaskEvent> events = new ArrayList<>(before);
    for (Task task : tasks) {
      events.addAll(task.takeNewEvents());
      task.takeDiscardedFiles().forEach(entities::merge); // some may be listed already
    }
    if (!events.isEmpty()) {
      ROWS.add(entities, events);
      changes.fire(new TaskChanges(events.stream().map(event -> event.change(abandoned)).toList()));
    }
  }

  /** Of a task that is removed one row stays, which says so. */
  public void writeDeletion(Task task, TaskClaim.Job abandoned, ChangeContext by) {
    entities
        .createQuery("delete from TaskEvent e where e.taskId = :id")
        .setParameter("id", task.id())
        .executeUpdate();
    ROWS.add(entities, List.of(TaskEvent.deletion(task, by)));
    task.takeDiscardedFiles().forEach(entities::merge); // some may be listed already
    TaskChanged gone =
        new TaskChanged(
            task.id(), task.owner(), TaskEvent.Type.DELETED, task.status(), null, abandoned);
    changes.fire(new TaskChanges(List.of(gone)));
  }
}
