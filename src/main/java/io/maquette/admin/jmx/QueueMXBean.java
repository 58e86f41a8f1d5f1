package io.maquette.admin.jmx;

/** MBean of the tasks in one status that workers act on. */
@Description(
    "Tasks of all users and nodes in one status that workers act on; at most 3"
        + " seconds old; if the query is slow, at most ten times its duration")
public interface QueueMXBean {

  @Description("Tasks in this status")
  long getDepth();

  @Description("Tasks in this status that a worker has claimed")
  long getHeld();

  @Description(
      "Seconds since the last visible change of the task that has not changed for"
          + " the longest time; 0 without tasks")
  long getUnchangedSeconds();

  @Description(
      "Seconds that a task has been due without a claim; constantly more than a few"
          + " seconds means too few workers")
  long getOverdueSeconds();
}
