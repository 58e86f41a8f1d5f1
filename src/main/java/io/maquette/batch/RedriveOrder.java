package io.maquette.batch;

import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * Parameters of a redrive.
 *
 * @param filter tasks to retry; tasks that fail after the run's creation are excluded
 * @param from stage to retry; null for the failed stage
 */
public record RedriveOrder(Filter filter, Stage from) {

  private static final Duration DAY = Duration.ofDays(1);

  /**
   * Creates the scheduled redrive: tasks that failed in the last day because a provider was
   * unavailable.
   */
  static RedriveOrder scheduled(Instant now) {
    return new RedriveOrder(
        new Filter(null, FailureCode.PROVIDER_UNAVAILABLE, null, null, now.minus(DAY), null), null);
  }

  RunParameters parameters() {
    return new RunParameters.Builder()
        .with("stage", filter.stage())
        .with("code", filter.code())
        .with("provider", filter.provider())
        .with("owner", filter.owner())
        .with("from", filter.from())
        .with("before", filter.before())
        .with("retry", from)
        .build();
  }

  /** Reads the parameters of a run; {@code before} is the run's creation time at the latest. */
  public static RedriveOrder of(RunParameters parameters, Instant createdAt) {
    return new RedriveOrder(
        new Filter(
            parameters.get("stage").map(Stage::valueOf).orElse(null),
            parameters.get("code").map(FailureCode::valueOf).orElse(null),
            parameters.get("provider").orElse(null),
            parameters.get("owner").orElse(null),
            parameters.get("from").map(Instant::parse).orElse(null),
            parameters
                .get("before")
                .map(Instant::parse)
                .filter(before -> before.isBefore(createdAt))
                .orElse(createdAt)),
        parameters.get("retry").map(Stage::valueOf).orElse(null));
  }

  /**
   * Filter for failed tasks; a null component matches every task.
   *
   * @param stage failed stage
   * @param code reason of the failure
   * @param provider provider of the last submission in that stage
   * @param owner owner of the task
   * @param from earliest time of the failure, inclusive
   * @param before latest time of the failure, exclusive
   */
  public record Filter(
      Stage stage, FailureCode code, String provider, String owner, Instant from, Instant before) {

    boolean meets(Task task) {
      return task.status() == TaskStatus.FAILED
          && (stage == null || task.failedStage() == stage)
          && (code == null || task.errorCode() == code)
          && (owner == null || task.owner().equals(owner))
          && (from == null || !task.failedAt().isBefore(from))
          && (before == null || task.failedAt().isBefore(before));
    }
  }
}
