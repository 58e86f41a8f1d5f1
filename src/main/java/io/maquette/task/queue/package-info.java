/** The queue that workers use: claims under a lease, fair order, and results. */
package io.maquette.task.queue;
