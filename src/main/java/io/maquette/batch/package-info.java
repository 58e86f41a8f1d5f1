/**
 * Batch jobs that operators or the schedule start: import, redrive, retention, verify-assets and
 * dwell-report. They run in the server's Jakarta Batch; the record of runs is the application's.
 *
 * <ol>
 *   <li>The changes of a chunk, its report and the checkpoint are committed together, so a run can
 *       continue after any failure.
 *   <li>While a run of a job is active, a second run of that job is refused.
 *   <li>The runs of a dead node are marked as abandoned when their leases expire or the node
 *       restarts. The fence rejects a node that returns late.
 *   <li>A run that is asked to stop ends after its current chunk, on any node.
 *   <li>One node starts a job that is due by its schedule.
 * </ol>
 *
 * <p>Out of scope: the servers' job repositories. A run that continues is a new execution that
 * begins at our checkpoint.
 */
package io.maquette.batch;
