package io.maquette.admin.jmx;

import java.util.List;

/** MBean of the nodes that use the database. */
@Description("The nodes on the same database, as their rows have them")
public interface NodesMXBean {

  @Description("Name of this node")
  String getName();

  @Description("Why it does not have the name the settings give it; empty if it has")
  String getNotice();

  @Description("Nodes that are at work, this one among them")
  long getUp();

  @Description("Nodes that fell silent within the last day and have not come back")
  long getGone();

  @Description("All nodes of the last day, with version, host and when they were last heard")
  List<String> getNodes();
}
