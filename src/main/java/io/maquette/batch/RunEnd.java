package io.maquette.batch;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Last step of every job, which marks the run as completed, or as stopped if it ended early. */
@Named
@Dependent
public class RunEnd extends AbstractBatchlet {

  @Inject private JobContext job;
  @Inject private LocalRuns locals;
  @Inject private BatchRunService runs;

  @Override
  public String process() {
    LocalRun run = locals.of(job);
    RunStatus status = run.wasCutShort() ? RunStatus.STOPPED : RunStatus.COMPLETED;
    runs.end(run, status, null);
    locals.remove(run);
    return status.name();
  }
}
