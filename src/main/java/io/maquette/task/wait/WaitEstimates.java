package io.maquette.task.wait;

import io.maquette.task.TaskStatus;
import io.maquette.task.TaskQueries;
import io.maquette.task.Task;
import io.maquette.task.Stage;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Calculation of the queue position and the estimate of a task. */
@ApplicationScoped
public class WaitEstimates {

  private record Known(Durations past, Instant at) {}

  /** Cache time of the past durations, which change slowly. */
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

  /** Returns the waiting information of a task. */
  public WaitEstimate of(Task task) {
    if (!task.status().isInProgress()) {
      return WaitEstimate.NONE;
    }
    // the duration of an edit depends on its instruction
    if (task.status() == TaskStatus.IMAGE_EDITING) {
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
      last = new Known(new Durations(queries.pastDurations(stage)), now);
      known.put(stage, last);
    }
    return last.past();
  }
}
