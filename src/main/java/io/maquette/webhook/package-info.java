/**
 * Telling other systems of changes over HTTP, in the form of Standard Webhooks.
 *
 * <ol>
 *   <li>Every change that a webhook is for shall be delivered at least once while its receiver
 *       answers within the time for retries; whatever is sent again has the same id.
 *   <li>What happened to one task shall come in the order it happened: nothing of it is sent before
 *       what came earlier was accepted or given up.
 *   <li>If a node is killed, another one shall go on with what it was sending.
 *   <li>Nothing shall be sent to an address inside our own network unless an operator named it.
 *   <li>If a receiver fails for long, it shall be left alone, visibly, and nothing forgotten.
 * </ol>
 *
 * <p>The history is the truth: one node at a time reads on in it ({@link
 * io.maquette.webhook.Outbox}) and writes what is to be delivered, in the transaction that moves
 * its position. Any node sends what is due, with a lease and a fence as tasks have them. Nobody who
 * changes a task knows of it.
 */
package io.maquette.webhook;
