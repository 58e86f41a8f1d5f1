package io.maquette.admin.jmx;

import java.util.List;

/** MBean of one worker of this node. */
@Description("One worker of this node")
public interface WorkerMXBean {

  @Description("Name of this node")
  String getNode();

  @Description("Threads of the worker")
  int getHands();

  @Description("Steps the worker is running now")
  int getBusy();

  @Description("Seconds since the worker last looked for due tasks; -1 before the first time")
  long getSecondsSinceLastRound();

  @Description("Why the last search for due tasks failed; empty if it succeeded")
  String getLastTrouble();

  @Description("Tasks of the running steps with the time of their claims, longest first")
  List<String> getTasks();
}
