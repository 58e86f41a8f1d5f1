package io.maquette.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Batch step that deletes finished tasks without recent changes; a sweep deletes their files later.
 */
@ApplicationScoped
@Named("finished-tasks")
public class FinishedTasks implements BatchStep<UUID> {

  private static final String AGE = "age";
  private static final int PAGE = 100;

  private BatchTaskService tasks;

  /** Required by CDI. */
  protected FinishedTasks() {}

  @Inject
  public FinishedTasks(BatchTaskService tasks) {
    this.tasks = tasks;
  }

  static RunParameters parameters(Duration age) {
    return new RunParameters.Builder().with(AGE, age).build();
  }

  /** Returns the time before which a task's last change must lie. */
  public static Instant unchangedSince(LocalRun run) {
    return run.createdAt().minus(Duration.parse(run.parameters().text(AGE)));
  }

  @Override
  public OptionalLong count(LocalRun run) {
    return OptionalLong.of(tasks.countFinished(unchangedSince(run)));
  }

  @Override
  public Iterator<UUID> items(LocalRun run, String after) {
    Instant since = unchangedSince(run);
    UUID last = after == null ? null : UUID.fromString(after);
    return new PagedIterator<>(id -> tasks.finished(since, id == null ? last : id, PAGE));
  }

  @Override
  public String positionOf(UUID task) {
    return task.toString();
  }

  @Override
  public Supplier<ItemResult> process(LocalRun run, UUID task) {
    Instant since = unchangedSince(run);
    return () ->
        tasks.removeFinished(task, since, run.actor()) ? ItemResult.WRITTEN : ItemResult.READ;
  }
}
