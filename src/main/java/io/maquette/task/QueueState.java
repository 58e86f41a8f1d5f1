package io.maquette.task;

import java.time.Instant;

/**
 * State of the queue of one status, over all users.
 *
 * @param depth number of tasks in the status
 * @param held number of these tasks that a worker has claimed
 * @param unchangedSince {@code updatedAt} of the task that has not changed for the longest time;
 *     null if there is no task
 * @param firstDueAt earliest due time, which is the lease end of a claimed task; null if there is
 *     no task
 */
public record QueueState(long depth, long held, Instant unchangedSince, Instant firstDueAt) {}
