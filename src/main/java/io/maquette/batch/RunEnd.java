package io.maquette.batch;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The last step of every job: it has come to its end, or was asked to stop before that. */
@Named
@Dependent
public class RunEnd extends AbstractBatchlet {

  @Inject private JobContext job;
  @Inject private Execution execution;
  @Inject private LocalRuns locals;
  @Inject private BatchRunService runs;

  @Override
  public String process() {
    LocalRun run = execution.run(job);
    RunStatus status = run.wasCutShort() ? RunStatus.STOPPED : RunStatus.COMPLETED;
    runs.end(run, status, null);
    locals.remove(run);
    return status.name();
  }
}
