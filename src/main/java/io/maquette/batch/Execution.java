package io.maquette.batch;

import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Mapping from an execution of the server's batch runtime to its run. */
@ApplicationScoped
public class Execution {

  /** Job property with the id of the run. */
  static final String RUN = "run";

  @Inject private LocalRuns runs;

  /**
   * Finds the run of the caller's job.
   *
   * @throws JobFailedException.StaleRun if this node does not own the run, for example when a server restarts
   *     a job by itself
   */
  LocalRun run(JobContext job) {
    long id = Long.parseLong(job.getProperties().getProperty(RUN));
    return runs.find(id).orElseThrow(() -> new JobFailedException.StaleRun(id));
  }
}
