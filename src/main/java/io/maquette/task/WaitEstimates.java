package io.maquette.task;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Tells those who wait their place and an estimate. */
@ApplicationScoped
public class WaitEstimates {

  private record Known(Durations past, Instant at) {}

  /** What the past says does not change by the second. */
  private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

  private TaskQueries queries;
  private Settings settings;
  private ModelCapacity room;
  private OverdueNow overdue;
  private Clock clock;
  private final Map<Stage, Known> known = new EnumMap<>(Stage.class);

  /** For CDI. */
  protected WaitEstimates() {}

  @Inject
  WaitEstimates(
      TaskQueries queries, Settings settings, ModelCapacity room, OverdueNow overdue, Clock clock) {
    this.queries = queries;
    this.settings = settings;
    this.room = room;
    this.overdue = overdue;
    this.clock = clock;
  }

  /** What may be told of a task now. */
  public WaitEstimate of(Task task) {
    if (!task.status().isInProgress()) {
      return WaitEstimate.NONE;
    }
    if (task.status() == TaskStatus.IMAGE_EDITING) { // what it takes depends on its words
      return new WaitEstimate(null, null, overdue.of(task).orElse(null));
    }
    Stage stage = task.status().stage().orElseThrow();
    Instant now = clock.instant();
    Durations past = past(stage, now);
    OverdueTask late = overdue.of(task).orElse(null);
    if (task.status().isPending()) {
      int place = queries.placeInQueue(task);
      int atOnce = stage == Stage.IMAGE ? settings.get(Setting.IMAGE_CONCURRENCY) : room.openJobs();
      return new WaitEstimate(
          place, past.isTelling() ? Estimate.ofWaiting(past, place, atOnce, now) : null, late);
    }
    Instant startedAt =
        stage == Stage.IMAGE ? task.imageGenerationStartedAt() : task.modelGenerationStartedAt();
    return new WaitEstimate(
        null, past.isTelling() ? Estimate.ofRunning(past, startedAt, now) : null, late);
  }

  private synchronized Durations past(Stage stage, Instant now) {
    Known last = known.get(stage);
    if (last == null || last.at().plus(KNOWN_FOR).isBefore(now)) {
      last = new Known(queries.pastDurations(stage), now);
      known.put(stage, last);
    }
    return last.past();
  }
}
