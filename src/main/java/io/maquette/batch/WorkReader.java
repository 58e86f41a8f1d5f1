package io.maquette.batch;

import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.batch.runtime.context.JobContext;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;

/**
 * Item reader that starts at the application's checkpoint; the server's checkpoint is always the
 * beginning.
 */
@Named
@Dependent
public class WorkReader extends AbstractItemReader {

  @Inject private JobContext job;
  @Inject private StepContext step;
  @Inject private LocalRuns locals;
  @Inject private BatchSteps steps;
  @Inject private BatchRunService runs;
  @Inject private OutsideTransaction outside;

  private LocalRun run;
  private Iterator<Object> items = Collections.emptyIterator();

  @Override
  public void open(Serializable serversCheckpoint) throws Exception {
    run = locals.of(job);
    if (run.isCutShort()) {
      return;
    }
    try {
      BatchRunService.Entry entry = runs.enter(run, run.job().indexOf(step.getStepName()));
      if (!entry.isPast()) {
        BatchStep<Object> work = steps.named(step.getStepName());
        runs.expect(run, outside.call(() -> work.count(run)));
        items = outside.call(() -> work.items(run, entry.after()));
      }
    } catch (Exception e) {
      run.fail(e);
      throw e;
    }
  }

  @Override
  public Object readItem() throws Exception {
    if (run.isCutShort()) {
      return null;
    }
    try {
      return outside.call(() -> items.hasNext() ? items.next() : null);
    } catch (Exception e) {
      run.fail(e);
      throw e;
    }
  }
}
