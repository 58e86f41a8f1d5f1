package io.maquette.batch;

import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import java.time.Duration;
import java.time.Instant;

/**
 * Which failed tasks shall be tried again.
 *
 * @param filter those meant; whatever fails after the run was created is not among them
 * @param from which stage to begin again with; null for the one that failed
 */
public record RedriveOrder(FailureFilter filter, Stage from) {

  private static final Duration DAY = Duration.ofDays(1);

  /** What the schedule does: those that failed within a day because nobody was there. */
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

  /** As in the parameters of a run; without a bound, it is the run's own time. */
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
