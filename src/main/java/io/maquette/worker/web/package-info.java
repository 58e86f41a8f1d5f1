/** REST resource of workers and nodes. */
package io.maquette.worker.web;
