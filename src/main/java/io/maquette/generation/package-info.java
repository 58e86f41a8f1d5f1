/**
 * The workers: they take due tasks, have a provider do its part outside any transaction, and hand
 * the result to {@link io.maquette.task.TaskResults}.
 *
 * <ol>
 *   <li>When a change that makes work is committed, a worker of this node shall look for it at
 *       once.
 *   <li>When a tick passes, every worker shall look for work that is due.
 *   <li>While a provider is being called, no transaction shall be open and no connection held.
 *   <li>When a picture is stored, it shall be shown, whatever becomes of the next one.
 *   <li>If a provider's problem may pass, the step shall be tried again with backoff, as often as
 *       the settings say; if not, the task shall fail at once.
 *   <li>If our store cannot take a file, the step shall wait without losing a try.
 *   <li>If a node is killed, its tasks shall go on when their leases end, or when it starts again.
 * </ol>
 */
package io.maquette.generation;
