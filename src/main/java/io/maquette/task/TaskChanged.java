package io.maquette.task;

import java.util.UUID;

/**
 * One change of a task, as part of {@link TaskChanges}.
 *
 * @param taskId id of the task
 * @param owner owner of the task
 * @param type event type
 * @param from status before the change; null for a new task
 * @param to status after the change; null if the task was deleted
 * @param job provider job that a cancel or delete left open; null if there is none
 */
public record TaskChanged(
    UUID taskId,
    String owner,
    TaskEvent.Type type,
    TaskStatus from,
    TaskStatus to,
    TaskClaim.Job job) {}
