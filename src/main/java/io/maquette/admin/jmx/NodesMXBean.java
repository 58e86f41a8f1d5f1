package io.maquette.admin.jmx;

import java.util.List;

/** MBean of the nodes that use the database. */
@Description("Nodes that use the database")
public interface NodesMXBean {

  @Description("Name of this node")
  String getName();

  @Description("Why this node does not have the name from the settings; empty if it does")
  String getNotice();

  @Description("Running nodes, including this one")
  long getUp();

  @Description("Nodes that fell silent within the last day and are not back")
  long getGone();

  @Description("All nodes of the last day, with version, host and last heartbeat")
  List<String> getNodes();
}
