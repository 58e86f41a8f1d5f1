/**
 * Jobs that operators start, or the schedule does: import, redrive, retention, verify-assets and
 * dwell-report. They run in the server's Jakarta Batch; the record of runs is our own.
 *
 * <ol>
 *   <li>When a portion of a job is done, what it changed, its report and how far the run has come
 *       shall be committed together, so that a run goes on where it was, whatever happened.
 *   <li>While a run of a job is active, the system shall refuse to start another one of that job.
 *   <li>When a node dies, its runs shall be marked abandoned: at its next start, or when their
 *       leases end; a node that comes back late shall be shut out by the fence.
 *   <li>When a run is asked to stop, it shall end after the portion it is at, on whichever node.
 *   <li>When a job is due by its schedule, one node shall start it, and no other.
 * </ol>
 *
 * <p>Out of scope: the servers' own job repositories. Nothing is ever restarted from there; a run
 * that goes on is a new execution that begins at our checkpoint.
 */
package io.maquette.maintenance;
