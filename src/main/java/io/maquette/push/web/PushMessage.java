package io.maquette.push.web;

import io.maquette.http.JsonFormat;
import io.maquette.push.StreamPosition;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskEvent;
import io.maquette.task.web.EventView;
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

  /** Deletion of a task. */
  public record TaskDeletion(String taskId) {}

  /** Heartbeat with its time. */
  public record Heartbeat(Instant at) {}

  /**
   * Current task; the following messages are its changes.
   *
   * @param task JSON of the task
   */
  static PushMessage snapshot(StreamPosition at, String task) {
    return new PushMessage("snapshot", at.encode(), "{\"task\":" + task + "}");
  }

  /**
   * Newest tasks of the user.
   *
   * @param tasks JSON of each task
   */
  static PushMessage snapshot(StreamPosition at, List<String> tasks, TaskCursor next) {
    return new PushMessage(
        "snapshot",
        at.encode(),
        "{\"tasks\":["
            + String.join(",", tasks)
            + "],\"nextCursor\":"
            + (next == null ? "null" : "\"" + next.encode() + "\"")
            + "}");
  }

  /**
   * Event and the current task, which may include later changes.
   *
   * @param task JSON of the task
   */
  static PushMessage change(StreamPosition at, TaskEvent event, String task) {
    return new PushMessage(
        "change",
        at.encode(),
        "{\"event\":" + JsonFormat.write(EventView.of(event)) + ",\"task\":" + task + "}");
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
