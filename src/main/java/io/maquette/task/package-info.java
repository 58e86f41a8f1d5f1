/**
 * The heart: a task, its statuses and verbs, its history, and the only code that changes or reads
 * them.
 *
 * <ol>
 *   <li>When a sentence is accepted, there shall be one task in IMAGE_PENDING and one row of
 *       history.
 *   <li>When a verb is not declared for the status in {@link io.maquette.task.TaskStatus}, it shall
 *       be refused and nothing shall change.
 *   <li>When a task changes, a row of its history shall be written in the same transaction, and the
 *       change shall be announced only after the commit.
 *   <li>While a worker holds a task, no other worker shall be given it before the lease has ended.
 *   <li>If a result comes with a fence that is not the task's own, it shall be refused.
 *   <li>If a user cancels, no later result shall change the task.
 *   <li>When a file is no longer needed, its deletion shall be noted in the transaction that let go
 *       of it.
 * </ol>
 *
 * <p>Out of scope: how pictures and models are made, where files are kept, who a user is.
 */
package io.maquette.task;
