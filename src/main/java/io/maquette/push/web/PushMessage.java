package io.maquette.push.web;

import io.maquette.http.JsonFormat;
import io.maquette.persistence.Page;
import io.maquette.push.StreamPosition;
import io.maquette.task.Task;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskEvent;
import io.maquette.task.web.EventView;
import io.maquette.task.web.TaskView;
import java.time.Instant;
import java.util.List;

/**
 * Message of an event stream, in the language of the current thread.
 *
 * @param type {@code snapshot}, {@code change}, {@code deleted} or {@code heartbeat}
 * @param id position of the stream after the message; null if the message does not change it
 * @param data JSON, on one line
 */
public record PushMessage(String type, String id, String data) {

  /** Current task; the following messages are its changes. */
  public record TaskSnapshot(TaskView task) {}

  /** Newest tasks of the user. */
  public record TasksSnapshot(List<TaskView> tasks, String nextCursor) {}

  /** Event and the current task, which may include later changes. */
  public record TaskChange(EventView event, TaskView task) {}

  /** Deletion of a task. */
  public record TaskDeletion(String taskId) {}

  /** Heartbeat with its time. */
  public record Heartbeat(Instant at) {}

  static PushMessage snapshot(StreamPosition at, Task task) {
    return of("snapshot", at, new TaskSnapshot(TaskView.of(task)));
  }

  static PushMessage snapshot(StreamPosition at, Page<Task, TaskCursor> newest) {
    return of(
        "snapshot",
        at,
        new TasksSnapshot(
            newest.items().stream().map(TaskView::of).toList(),
            newest.next() == null ? null : newest.next().encode()));
  }

  static PushMessage change(StreamPosition at, TaskEvent event, Task task) {
    return of("change", at, new TaskChange(EventView.of(event), TaskView.of(task)));
  }

  static PushMessage deletion(StreamPosition at, TaskEvent event) {
    return of("deleted", at, new TaskDeletion(event.taskId().toString()));
  }

  static PushMessage heartbeat(Instant at) {
    return of("heartbeat", null, new Heartbeat(at));
  }

  private static PushMessage of(String type, StreamPosition at, Object data) {
    return new PushMessage(type, at == null ? null : at.encode(), JsonFormat.write(data));
  }
}
