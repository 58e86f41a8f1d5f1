/**
 * Worker pools: they claim due tasks, call a provider outside any transaction, and pass the result
 * to {@link io.maquette.task.queue.TaskResults}.
 *
 * <ol>
 *   <li>A committed change that makes work wakes a worker of this node at once.
 *   <li>On each tick every worker looks for due work.
 *   <li>No transaction is open and no connection is held during a provider call.
 *   <li>Each image is shown when it is stored, even if the next one fails.
 *   <li>A transient provider problem is retried with backoff, up to the configured limit. A
 *       permanent problem fails the task at once.
 *   <li>If the file store cannot take a file, the step waits and uses up no retry.
 *   <li>Tasks of a killed node continue when other nodes miss its heartbeat, when their leases
 *       expire, or when the node restarts.
 * </ol>
 */
package io.maquette.worker;
