package io.maquette.task.queue;

import io.maquette.task.TaskStatus;
import java.time.Instant;

/**
 * CDI event: a worker has released a task until a due time; fired after the commit.
 *
 * @param status status of the task
 * @param at due time of the task
 */
public record TaskDue(TaskStatus status, Instant at) {}
