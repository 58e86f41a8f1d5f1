/**
 * Metrics, time in status, and alerts for overdue tasks.
 *
 * <ol>
 *   <li>{@link io.maquette.monitoring.MetricDefinition} lists every metric of the application.
 *   <li>A node reports its own figures. Every node also reports the figures of the installation, so
 *       they are available while at least one node runs.
 *   <li>The database is queried at most once every few seconds, however often metrics are read.
 *   <li>While the database is unavailable, its figures are absent and the others are reported.
 * </ol>
 *
 * <p>Workers and tasks do not call this package. Provider calls are measured by decorators of the
 * ports, tasks by the events after commit, and times in status by reading the history.
 */
package io.maquette.monitoring;
