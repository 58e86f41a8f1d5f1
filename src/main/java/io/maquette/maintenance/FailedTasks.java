package io.maquette.maintenance;

import io.maquette.task.BulkTasks;
import io.maquette.task.Failure;
import io.maquette.task.Retried;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/** Tries again what failed. */
@ApplicationScoped
@Named("failures")
public class FailedTasks implements Work<Failure> {

  private static final int PAGE = 100;
  private static final int SAMPLE = 20;

  private BulkTasks tasks;

  /** For CDI. */
  protected FailedTasks() {}

  @Inject
  FailedTasks(BulkTasks tasks) {
    this.tasks = tasks;
  }

  /**
   * What a redrive would try again now.
   *
   * @param count how many tasks
   * @param sample some of them
   */
  public record Preview(long count, List<Failure> sample) {}

  /** Looks at what a redrive would do, and changes nothing. */
  public Preview preview(RedriveOrder order) {
    return new Preview(
        tasks.countFailures(order.filter()), tasks.failures(order.filter(), null, SAMPLE));
  }

  private static RedriveOrder orderOf(LocalRun run) {
    return RedriveOrder.of(run.parameters(), run.createdAt());
  }

  @Override
  public OptionalLong count(LocalRun run) {
    return OptionalLong.of(tasks.countFailures(orderOf(run).filter()));
  }

  @Override
  public Iterator<Failure> items(LocalRun run, String after) {
    RedriveOrder order = orderOf(run);
    UUID last = after == null ? null : UUID.fromString(after);
    return new PagedIterator<>(
        failure -> tasks.failures(order.filter(), failure == null ? last : failure.taskId(), PAGE));
  }

  @Override
  public String positionOf(Failure failure) {
    return failure.taskId().toString();
  }

  @Override
  public Supplier<Outcome> process(LocalRun run, Failure failure) {
    RedriveOrder order = orderOf(run);
    return () -> {
      Retried retried = tasks.retry(failure.taskId(), order.filter(), order.from(), run.actor());
      return switch (retried) {
        case IMAGES, MODEL ->
            Outcome.written(failure.taskId(), "RETRIED_" + retried, failure.code().name());
        case MOVED_ON -> Outcome.skipped(failure.taskId(), "MOVED_ON", null);
        case NO_PICTURE ->
            Outcome.skipped(
                failure.taskId(), "NO_PICTURE", "has not four pictures and a chosen one");
      };
    };
  }
}
