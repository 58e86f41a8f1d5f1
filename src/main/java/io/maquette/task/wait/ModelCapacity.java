package io.maquette.task.wait;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Number of model jobs that may be open at the same time over all nodes, as this node knows it. The
 * workers set it, because only they know the providers.
 */
@ApplicationScoped
public class ModelCapacity {

  private volatile int openJobs = 1;

  /** For CDI. */
  public ModelCapacity() {}

  /** Sets the number of open jobs. */
  public void set(int jobs) {
    openJobs = jobs;
  }

  int openJobs() {
    return openJobs;
  }
}
