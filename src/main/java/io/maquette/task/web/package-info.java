/**
 * REST API of tasks: it validates requests, calls {@link io.maquette.task.TaskService} and returns
 * views.
 */
package io.maquette.task.web;
