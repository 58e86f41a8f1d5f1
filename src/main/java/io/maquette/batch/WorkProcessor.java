package io.maquette.batch;

import jakarta.batch.api.chunk.ItemProcessor;
import jakarta.batch.runtime.context.JobContext;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Item processor that performs the slow part of an item, outside any transaction. */
@Named
@Dependent
public class WorkProcessor implements ItemProcessor {

  @Inject private JobContext job;
  @Inject private StepContext step;
  @Inject private LocalRuns locals;
  @Inject private BatchSteps steps;
  @Inject private OutsideTransaction outside;

  @Override
  public Object processItem(Object item) throws Exception {
    LocalRun run = locals.of(job);
    BatchStep<Object> work = steps.named(step.getStepName());
    try {
      return outside.call(
          () -> new BatchStep.ProcessedItem(work.positionOf(item), work.process(run, item)));
    } catch (Exception e) {
      run.fail(e);
      throw e;
    }
  }
}
