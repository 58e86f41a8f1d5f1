package io.maquette.maintenance;

import io.maquette.task.BulkTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Removes what tells of tasks removed long ago: the last row of their history, kept so that whoever
 * follows their changes is told, and their submissions to providers, kept so that it can be told
 * what was paid for.
 */
@ApplicationScoped
@Named("deletions")
public class OldDeletions implements Work<Long> {

  private static final int PAGE = 100;

  private BulkTasks tasks;

  /** For CDI. */
  protected OldDeletions() {}

  @Inject
  OldDeletions(BulkTasks tasks) {
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
  public Supplier<Outcome> process(LocalRun run, Long number) {
    return () -> {
      tasks.forgetDeletion(number);
      return Outcome.WRITTEN;
    };
  }
}
