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
 * What a stream tells, in the language of the thread that makes it.
 *
 * @param type what it is: {@code snapshot}, {@code change}, {@code deleted} or {@code heartbeat}
 * @param id where the stream stands behind it; null where it does not move on
 * @param data JSON, on one line
 */
public record PushMessage(String type, String id, String data) {

  /** The task as it is; what follows are changes of it. */
  public record TaskSnapshot(TaskView task) {}

  /** The newest tasks as they are. */
  public record TasksSnapshot(List<TaskView> tasks, String nextCursor) {}

  /** What happened, and the task as it is now, perhaps after more has happened. */
  public record TaskChange(EventView event, TaskView task) {}

  /** The task is gone. */
  public record TaskDeletion(String taskId) {}

  /** Nothing, at that time. */
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
