package io.maquette.batch;

import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import java.time.Duration;
import java.time.Instant;

/**
 * Parameters of a redrive.
 *
 * @param filter tasks to retry; tasks that fail after the run's creation are excluded
 * @param from stage to retry; null for the failed stage
 */
public record RedriveOrder(FailureFilter filter, Stage from) {

  private static final Duration DAY = Duration.ofDays(1);

  /**
   * Creates the scheduled redrive: tasks that failed in the last day because a provider was
   * unavailable.
   */
  static RedriveOrder scheduled(Instant now) {
    return new RedriveOrder(
        new FailureFilter(null, FailureCode.PROVIDER_UNAVAILABLE, null, null, now.minus(DAY), null),
        null);
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
        new FailureFilter(
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
}
