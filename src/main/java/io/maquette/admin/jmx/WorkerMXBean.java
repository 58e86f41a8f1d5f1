package io.maquette.admin.jmx;

import java.util.List;

/** MBean of one worker of this node. */
@Description("One worker of this node")
public interface WorkerMXBean {

  @Description("Name of this node")
  String getNode();

  @Description("Steps it does at once, at most")
  int getHands();

  @Description("Steps it is doing")
  int getBusy();

  @Description("Seconds since it last looked for work; -1 if it never has")
  long getSecondsSinceLastRound();

  @Description("Why it could not look for work the last time; empty if it could")
  String getLastTrouble();

  @Description("The tasks it is at, with the time it took each, longest first")
  List<String> getTasks();
}
