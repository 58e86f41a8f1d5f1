package io.maquette.task.wait;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskStatus;
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

  private record CachedDurations(Durations past, Instant at) {}

  /** Cache time of the past durations, which change slowly. */
  private static final Duration CACHE_TIME = Duration.ofSeconds(30);

  private TaskQueries queries;
  private Settings settings;
  private ModelCapacity modelCapacity;
  private OverdueCache overdue;
  private Clock clock;
  private final Map<Stage, CachedDurations> cache = new EnumMap<>(Stage.class);

  /** For CDI. */
  protected WaitEstimates() {}

  @Inject
  WaitEstimates(
      TaskQueries queries,
      Settings settings,
      ModelCapacity modelCapacity,
      OverdueCache overdue,
      Clock clock) {
    this.queries = queries;
    this.settings = settings;
    this.modelCapacity = modelCapacity;
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
      int atOnce =
          stage == Stage.IMAGE ? settings.get(Setting.IMAGE_CONCURRENCY) : modelCapacity.openJobs();
      return new WaitEstimate(
          place, past.isSufficient() ? Estimate.ofWaiting(past, place, atOnce, now) : null, late);
    }
    Instant startedAt =
        stage == Stage.IMAGE ? task.imageGenerationStartedAt() : task.modelGenerationStartedAt();
    return new WaitEstimate(
        null, past.isSufficient() ? Estimate.ofRunning(past, startedAt, now) : null, late);
  }

  private synchronized Durations past(Stage stage, Instant now) {
    CachedDurations last = cache.get(stage);
    if (last == null || last.at().plus(CACHE_TIME).isBefore(now)) {
      Durations past = new Durations(queries.pastDurations(stage));
      // after very many new tasks, the recent history has no completed stages
      boolean keepsLast = last != null && !past.isSufficient();
      last = new CachedDurations(keepsLast ? last.past() : past, now);
      cache.put(stage, last);
    }
    return last.past();
  }
}
