package io.maquette.task.queue;

import io.maquette.task.TaskStatus;
import java.time.Instant;

/**
 * A worker has given a task back, to be looked at again; fired when that is committed.
 *
 * @param status where the task stands
 * @param at when it shall be looked at
 */
public record TaskDue(TaskStatus status, Instant at) {}
