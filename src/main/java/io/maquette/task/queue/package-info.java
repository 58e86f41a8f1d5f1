/** Task queue of the workers: claims under a lease, fair order, and results. */
package io.maquette.task.queue;
