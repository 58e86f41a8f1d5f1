/**
 * What this node measures, for Prometheus.
 *
 * <ol>
 *   <li>Everything that is measured shall be in {@link io.maquette.watch.Measure}, and nothing else
 *       shall be under our name.
 *   <li>What concerns one node shall be told by that node; what is the same for all of them, by
 *       each, so that it is told as long as one is there.
 *   <li>However often somebody asks, the database shall be asked once in a few seconds at most.
 *   <li>While the database is away, what it would tell shall be absent, and the rest shall be told.
 * </ol>
 *
 * <p>Nothing here is called by workers or tasks: calls to providers are measured around the ports,
 * tasks by the changes that are announced after their commit, and times in states by reading the
 * history.
 */
package io.maquette.watch;
