/**
 * MBeans of a node: tasks, queues, workers and nodes, for JMX clients and server consoles.
 *
 * <p>All names begin with {@code io.maquette:application=<deployment>}:
 *
 * <ul>
 *   <li>{@code type=Tasks}: number of tasks in each status;
 *   <li>{@code type=Nodes}: nodes that use the database;
 *   <li>{@code type=Queue,name=<status>}: waiting tasks, for each status that workers act on;
 *   <li>{@code type=Worker,name=<worker>}: steps that the workers of this node are running.
 * </ul>
 */
package io.maquette.admin.jmx;
