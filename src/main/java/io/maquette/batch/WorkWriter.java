package io.maquette.batch;

import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/**
 * Item writer that completes a chunk, with its report, counters and checkpoint, in one transaction.
 */
@Named
@Dependent
public class WorkWriter extends AbstractItemWriter {

  @Inject private JobContext job;
  @Inject private LocalRuns locals;
  @Inject private BatchRunService runs;

  @Override
  public void writeItems(List<Object> items) throws Exception {
    LocalRun run = locals.of(job);
    try {
      runs.advance(run, items.stream().map(BatchStep.ProcessedItem.class::cast).toList());
    } catch (RuntimeException e) {
      run.fail(e);
      throw e;
    }
    if (run.problem() instanceof JobFailedException problem) {
      throw problem;
    }
  }
}
