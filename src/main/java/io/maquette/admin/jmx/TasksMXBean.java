package io.maquette.admin.jmx;

/** MBean of the numbers of tasks. */
@Description("How many tasks of all users and nodes there are, by status; at most a second old")
public interface TasksMXBean {

  @Description("Tasks that wait for the picture worker")
  long getImagePending();

  @Description("Tasks whose pictures are being made")
  long getImageGenerating();

  @Description("Tasks whose user has pictures to choose from")
  long getImageCompleted();

  @Description("Tasks of whose pictures one is being changed")
  long getImageEditing();

  @Description("Tasks that wait for room at the model provider")
  long getModelPending();

  @Description("Tasks whose model is being made")
  long getModelGenerating();

  @Description("Tasks that have a model")
  long getModelCompleted();

  @Description("Tasks that failed; their users may try again")
  long getFailed();

  @Description("Tasks their users cancelled")
  long getCancelled();

  @Description("All tasks")
  long getTotal();
}
