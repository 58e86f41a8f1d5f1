/**
 * Tasks: entities, statuses, transitions, history, and the service that changes them.
 *
 * <ol>
 *   <li>Accepting a prompt creates one task in IMAGE_PENDING and one history row.
 *   <li>{@link io.maquette.task.TaskStatus} declares every legal transition. Any other call is
 *       refused and changes nothing.
 *   <li>Every change of a task writes a history row in the same transaction. Observers see the
 *       change after the commit.
 *   <li>While a worker has a lease on a task, no other worker receives the task.
 *   <li>A result with a stale fence is refused.
 *   <li>After a cancel, no late result changes the task.
 *   <li>A file that is no longer needed is listed for deletion in the transaction that drops it.
 * </ol>
 *
 * <p>Out of scope: how images and models are made, where files are stored, who a user is.
 */
package io.maquette.task;
