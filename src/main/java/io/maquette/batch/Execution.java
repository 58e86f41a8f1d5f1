package io.maquette.batch;

import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Which run an execution of the server's batch runtime belongs to. */
@ApplicationScoped
public class Execution {

  /** The job's property that says it. */
  static final String RUN = "run";

  @Inject private LocalRuns runs;

  /**
   * The run of the job that the caller is part of.
   *
   * @throws StaleRunException if it is not this node's, as when a server restarts a job by itself
   */
  LocalRun run(JobContext job) {
    long id = Long.parseLong(job.getProperties().getProperty(RUN));
    return runs.find(id).orElseThrow(() -> new StaleRunException(id));
  }
}
