/**
 * Webhooks: notifies other systems of changes over HTTP, in the format of Standard Webhooks.
 *
 * <ol>
 *   <li>Every matching change is delivered at least once while the receiver answers within the
 *       retry period. A repeated delivery has the same id.
 *   <li>The changes of one task are delivered in order: an event waits until the earlier one was
 *       accepted or given up.
 *   <li>When a node is killed, another node continues its deliveries.
 *   <li>Private addresses are refused unless an operator allows them.
 *   <li>A receiver that fails for a long time is paused visibly. No event is lost.
 * </ol>
 *
 * <p>One node at a time reads the history ({@link io.maquette.webhook.Outbox}) and writes
 * deliveries in the transaction that moves its position. Any node sends due deliveries, under a
 * lease and a fence.
 */
package io.maquette.webhook;
