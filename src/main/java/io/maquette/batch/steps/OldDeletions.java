package io.maquette.batch.steps;

import io.maquette.batch.BatchStep;
import io.maquette.batch.BatchTaskService;
import io.maquette.batch.FinishedTasks;
import io.maquette.batch.ItemResult;
import io.maquette.batch.LocalRun;
import io.maquette.batch.PagedIterator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Batch step that deletes the records of tasks that were deleted long ago. The last event of a task
 * shows its deletion to readers of the change log. The submissions show what was paid for.
 */
@ApplicationScoped
@Named("deletions")
public class OldDeletions implements BatchStep<Long> {

  private static final int PAGE = 100;

  private BatchTaskService tasks;

  /** Required by CDI. */
  protected OldDeletions() {}

  @Inject
  public OldDeletions(BatchTaskService tasks) {
    this.tasks = tasks;
  }

  @Override
  public Iterator<Long> items(LocalRun run, String after) {
    Instant before = FinishedTasks.unchangedSince(run);
    long last = after == null ? 0 : Long.parseLong(after);
    return new PagedIterator<>(
        number -> tasks.deletions(before, number == null ? last : number, PAGE));
  }

  @Override
  public String positionOf(Long number) {
    return number.toString();
  }

  @Override
  public Supplier<ItemResult> process(LocalRun run, Long number) {
    return () -> {
      tasks.forgetDeletion(number);
      return ItemResult.WRITTEN;
    };
  }
}
