/**
 * What a user learns about a task in progress: queue position, estimated end of the stage, and why
 * an overdue task waits.
 */
package io.maquette.task.wait;
