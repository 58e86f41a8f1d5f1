package io.maquette.admin.jmx;

/** MBean of the tasks in one status that workers act on. */
@Description(
    "The tasks of all users and nodes in a status that workers look at; at most a second old")
public interface QueueMXBean {

  @Description("Tasks in this status")
  long getDepth();

  @Description("Tasks among them that a worker holds now")
  long getHeld();

  @Description(
      "Seconds since the longest unchanged of them last changed visibly; 0 if there is none")
  long getUnchangedSeconds();

  @Description(
      "Seconds for which a task has been due without a worker taking it; steadily above a few"
          + " seconds, there are too few workers or none")
  long getOverdueSeconds();
}
