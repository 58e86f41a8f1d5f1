/**
 * Operator services: task search and details, actions on tasks and providers, overview, settings.
 * The console pages and {@code /api/admin} use them.
 *
 * <ul>
 *   <li>An operator action follows the same transition rules as a user's and is audited in the same
 *       transaction.
 *   <li>A bulk action uses one transaction per task. A task that changed in the meantime is
 *       reported and does not stop the others.
 *   <li>While a provider is paused, no node sends requests to it, and no task fails because of the
 *       pause.
 * </ul>
 */
package io.maquette.admin;
