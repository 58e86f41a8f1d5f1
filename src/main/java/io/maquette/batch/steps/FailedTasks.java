package io.maquette.batch.steps;

import io.maquette.batch.BatchStep;
import io.maquette.batch.BatchTaskService;
import io.maquette.batch.ItemResult;
import io.maquette.batch.LocalRun;
import io.maquette.batch.PagedIterator;
import io.maquette.batch.RedriveOrder;
import io.maquette.batch.Retried;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.monitoring.TaskStatistics;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.submission.LikelyCost;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Batch step that retries failed tasks. */
@ApplicationScoped
@Named("failures")
public class FailedTasks implements BatchStep<BatchTaskService.FailedTask> {

  private static final int PAGE = 100;
  private static final int SAMPLE = 20;

  private BatchTaskService tasks;
  private TaskStatistics statistics;
  private Settings settings;

  /** Required by CDI. */
  protected FailedTasks() {}

  @Inject
  public FailedTasks(BatchTaskService tasks, TaskStatistics statistics, Settings settings) {
    this.tasks = tasks;
    this.statistics = statistics;
    this.settings = settings;
  }

  /**
   * Preview of a redrive.
   *
   * @param count number of tasks
   * @param sample some of these tasks
   * @param costs likely cost at the first provider of each stage; providers without known cost are
   *     absent
   */
  public record Preview(
      long count, List<BatchTaskService.FailedTask> sample, List<LikelyCost> costs) {}

  /** Returns what a redrive would do, and changes nothing. */
  public Preview preview(RedriveOrder order) {
    RedriveOrder.Filter filter = order.filter();
    long count = tasks.countFailures(filter);
    long images = order.from() == null ? countIn(Stage.IMAGE, filter) : count;
    return new Preview(
        count,
        tasks.failures(filter, null, SAMPLE),
        Stream.of(
                order.from() == Stage.MODEL
                    ? Optional.<LikelyCost>empty()
                    : statistics.likelyCost(
                        settings.get(Setting.IMAGE_PROVIDER),
                        Stage.IMAGE,
                        images * Task.IMAGE_COUNT),
                order.from() == Stage.IMAGE
                    ? Optional.<LikelyCost>empty()
                    : statistics.likelyCost(
                        settings.get(Setting.MODEL_PROVIDERS).get(0),
                        Stage.MODEL,
                        order.from() == null ? count - images : count))
            .flatMap(Optional::stream)
            .filter(cost -> cost.submissions() > 0)
            .toList());
  }

  private long countIn(Stage stage, RedriveOrder.Filter filter) {
    if (filter.stage() != null && filter.stage() != stage) {
      return 0;
    }
    return tasks.countFailures(
        new RedriveOrder.Filter(
            stage,
            filter.code(),
            filter.provider(),
            filter.owner(),
            filter.from(),
            filter.before()));
  }

  private static RedriveOrder orderOf(LocalRun run) {
    return RedriveOrder.of(run.parameters(), run.createdAt());
  }

  @Override
  public OptionalLong count(LocalRun run) {
    return OptionalLong.of(tasks.countFailures(orderOf(run).filter()));
  }

  @Override
  public Iterator<BatchTaskService.FailedTask> items(LocalRun run, String after) {
    RedriveOrder order = orderOf(run);
    UUID last = after == null ? null : UUID.fromString(after);
    return new PagedIterator<>(
        failure -> tasks.failures(order.filter(), failure == null ? last : failure.taskId(), PAGE));
  }

  @Override
  public String positionOf(BatchTaskService.FailedTask failure) {
    return failure.taskId().toString();
  }

  @Override
  public Supplier<ItemResult> process(LocalRun run, BatchTaskService.FailedTask failure) {
    RedriveOrder order = orderOf(run);
    return () -> {
      Retried retried = tasks.retry(failure.taskId(), order.filter(), order.from(), run.actor());
      return switch (retried) {
        case IMAGES, MODEL ->
            ItemResult.written(failure.taskId(), "RETRIED_" + retried, failure.code().name());
        case MOVED_ON -> ItemResult.skipped(failure.taskId(), "MOVED_ON", null);
        case NO_PICTURE ->
            ItemResult.skipped(
                failure.taskId(), "NO_PICTURE", "does not have four pictures and a chosen one");
        case OWN_PICTURE ->
            ItemResult.skipped(
                failure.taskId(), "OWN_PICTURE", "was created from an uploaded picture");
      };
    };
  }
}
