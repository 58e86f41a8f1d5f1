package io.maquette.task;

import java.util.UUID;

/**
 * A task has changed; told with {@link TaskChanges}.
 *
 * @param taskId the task
 * @param owner whose it is
 * @param type what happened
 * @param from the status before; null for a new task
 * @param to the status now; null when the task was deleted
 * @param job a job left open at a provider by a cancel or delete; null if there is none
 */
public record TaskChanged(
    UUID taskId,
    String owner,
    TaskEvent.Type type,
    TaskStatus from,
    TaskStatus to,
    TaskClaim.Job job) {}
