package io.maquette.task;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * How many models are made at once over all nodes, as far as this node knows: its workers tell, as
 * only they know the providers.
 */
@ApplicationScoped
public class ModelCapacity {

  private volatile int openJobs = 1;

  /** For CDI. */
  public ModelCapacity() {}

  /**
   * So many jobs may be open from now on.
   *
   * @param jobs positive
   */
  public void set(int jobs) {
    openJobs = jobs;
  }

  int openJobs() {
    return openJobs;
  }
}
