/**
 * What operators see and do beside accounts and jobs: any task's story, how the whole is doing,
 * providers, the settings in force. The console's pages and {@code /api/admin} both stand on it.
 *
 * <ul>
 *   <li>When an operator does something, the system shall do it by the verbs that its users have,
 *       under the same rules, and audit it in the same transaction.
 *   <li>When an operator does something to many tasks, each shall be done in a transaction of its
 *       own; one that has moved on meanwhile is told, and does not keep the others.
 *   <li>While a provider is paused, nothing shall be sent there by any node, and no task shall fail
 *       of it.
 * </ul>
 */
package io.maquette.operation;
