/** REST resource that shows the workers and nodes. */
package io.maquette.worker.web;
