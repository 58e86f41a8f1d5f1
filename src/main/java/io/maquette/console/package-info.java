/**
 * What operators see of a node in the tools they have: tasks, queues and workers as MBeans, in any
 * JMX client and in the consoles of the servers.
 *
 * <p>All names begin {@code io.maquette:application=<deployment>}:
 *
 * <ul>
 *   <li>{@code type=Tasks}: how many tasks there are in each status;
 *   <li>{@code type=Nodes}: which nodes there are on the database;
 *   <li>{@code type=Queue,name=<status>}: what waits, for each status a worker looks at;
 *   <li>{@code type=Worker,name=<worker>}: what this node's workers are doing.
 * </ul>
 */
package io.maquette.console;
