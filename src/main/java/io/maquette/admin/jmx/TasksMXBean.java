package io.maquette.admin.jmx;

/** MBean of the numbers of tasks. */
@Description(
    "Tasks of all users and nodes by status; at most 3 seconds old, or ten times"
        + " the duration of a slow query")
public interface TasksMXBean {

  @Description("Tasks that wait for the picture worker")
  long getImagePending();

  @Description("Tasks whose pictures are in progress")
  long getImageGenerating();

  @Description("Tasks that wait for their user to choose a picture")
  long getImageCompleted();

  @Description("Tasks with an edit in progress")
  long getImageEditing();

  @Description("Tasks that wait for their submission to a model provider")
  long getModelPending();

  @Description("Tasks whose model is in progress")
  long getModelGenerating();

  @Description("Tasks with a completed model")
  long getModelCompleted();

  @Description("Failed tasks; their users can retry them")
  long getFailed();

  @Description("Cancelled tasks")
  long getCancelled();

  @Description("All tasks")
  long getTotal();
}
