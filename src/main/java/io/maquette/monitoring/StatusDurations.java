package io.maquette.monitoring;

import io.maquette.task.TaskStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Times in status that ended.
 *
 * @param ended the times, in any order
 */
public record StatusDurations(List<Ended> ended) {

  /**
   * SQL expression for the start of the time in status of task {@code t}. The row has the start for
   * each status that workers act on. A waiting task is due from the time it was queued; an active
   * task has the start of its stage.
   */
  static final String ENTERED_AT =
      "case t.status when 'IMAGE_GENERATING' then t.image_generation_started_at"
          + " when 'IMAGE_EDITING' then t.edit_asked_at"
          + " when 'MODEL_GENERATING' then t.model_generation_started_at else t.due_at end";

  /**
   * SQL expression for the start of the time in status that event {@code e} ended; null if the
   * previous event is deleted.
   */
  static final String PREVIOUS_CHANGE =
      "(select b.occurred_at from task_event b where b.task_id = e.task_id and b.id < e.id"
          + " and b.event_type = 'STATUS_CHANGED' order by b.id desc limit 1)";

  private static final String NO_PROVIDER = "-";

  /**
   * Completed time in status.
   *
   * @param number number of the event that ended it
   * @param provider provider of the model, or the one that got the task from the queue; {@code -}
   *     for the picture stage and a status without a provider
   * @param at time of the event
   * @param seconds duration
   */
  public record Ended(
      long number, TaskStatus status, String provider, Instant at, double seconds) {}

  /**
   * Summary of the times in one status.
   *
   * @param stays number of times
   * @param p50Seconds median
   * @param p95Seconds 95th percentile
   */
  public record Summary(long stays, double p50Seconds, double p95Seconds) {
    private static Summary of(List<Ended> ended) {
      return new Summary(ended.size(), percentile(ended, 0.5), percentile(ended, 0.95));
    }
  }

  /**
   * Status and provider of recent times.
   *
   * @param provider as in {@link Ended}; {@code -} except in MODEL_GENERATING
   */
  public record Place(TaskStatus status, String provider) {
    private static Place of(Ended ended) {
      return new Place(
          ended.status(),
          ended.status() == TaskStatus.MODEL_GENERATING ? ended.provider() : NO_PROVIDER);
    }
  }

  /** Returns the summary of each status; statuses without a time are absent. */
  public Map<TaskStatus, Summary> byStatus() {
    return ended.stream()
        .collect(
            Collectors.groupingBy(
                Ended::status,
                () -> new EnumMap<>(TaskStatus.class),
                Collectors.collectingAndThen(Collectors.toList(), Summary::of)));
  }

  /** Returns the summaries of the times that ended since then in statuses that workers act on. */
  public Map<Place, Summary> byPlace(Instant since) {
    return ended.stream()
        .filter(time -> time.status().isInProgress() && !time.at().isBefore(since))
        .collect(
            Collectors.groupingBy(
                Place::of, Collectors.collectingAndThen(Collectors.toList(), Summary::of)));
  }

  /** Interpolates between the two nearest times, as {@code percentile_cont} of SQL does. */
  private static double percentile(List<Ended> ended, double fraction) {
    List<Double> ascending = ended.stream().map(Ended::seconds).sorted().toList();
    double at = fraction * (ascending.size() - 1);
    double low = ascending.get((int) Math.floor(at));
    double high = ascending.get((int) Math.ceil(at));
    return low + (high - low) * (at - Math.floor(at));
  }
}
