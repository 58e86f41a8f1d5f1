/** The REST API of tasks: requests in, {@link io.maquette.task.TaskService}, views out. */
package io.maquette.task.web;
