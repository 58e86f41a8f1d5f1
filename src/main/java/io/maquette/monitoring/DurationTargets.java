package io.maquette.monitoring;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.task.Stage;
import io.maquette.task.TaskStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long tasks should be in each status at most, by the settings. */
@ApplicationScoped
public class DurationTargets {

  /** How far back stays are of late. */
  static final Duration OF_LATE = Duration.ofMinutes(15);

  private static final String ANY = "-";

  /**
   * Where a target holds.
   *
   * @param provider {@code -} for all that have none of their own
   */
  public record Place(TaskStatus status, String provider) {}

  private Map<Place, Duration> targets;
  private String imageProvider;
  private String editProvider;

  /** Required by CDI. */
  protected DurationTargets() {}

  @Inject
  DurationTargets(Settings settings) {
    targets = new LinkedHashMap<>();
    Settings.defaultOf(Setting.DWELL_TARGETS).forEach(this::put);
    settings.get(Setting.DWELL_TARGETS).forEach(this::put);
    imageProvider = settings.get(Setting.IMAGE_PROVIDER);
    editProvider = settings.get(Setting.EDIT_PROVIDER);
  }

  private void put(String name, Duration target) {
    int at = name.indexOf('@');
    targets.put(
        new Place(
            TaskStatus.valueOf(at < 0 ? name : name.substring(0, at)),
            at < 0 ? ANY : name.substring(at + 1)),
        target);
  }

  /** All of them. */
  Map<Place, Duration> all() {
    return targets;
  }

  /**
   * How long a task should be in a status at most.
   *
   * @param status one that workers look at
   */
  public Duration of(TaskStatus status, String provider) {
    Duration own = targets.get(new Place(status, provider));
    return own == null ? targets.get(new Place(status, ANY)) : own;
  }

  /** The shortest there is for each status. */
  Map<TaskStatus, Duration> shortest() {
    Map<TaskStatus, Duration> shortest = new LinkedHashMap<>();
    targets.forEach(
        (place, target) ->
            shortest.merge(
                place.status(), target, (one, other) -> one.compareTo(other) < 0 ? one : other));
    return shortest;
  }

  /** No time at all for each status. */
  Map<TaskStatus, Duration> atOnce() {
    Map<TaskStatus, Duration> atOnce = new LinkedHashMap<>();
    targets.keySet().forEach(place -> atOnce.put(place.status(), Duration.ZERO));
    return atOnce;
  }

  /**
   * Who is at work in a status: pictures have one provider, which rows do not tell.
   *
   * @param told what a row tells; {@code -} or null for nobody
   */
  String providerOf(TaskStatus status, String told) {
    if (status == TaskStatus.IMAGE_EDITING) {
      return editProvider;
    }
    boolean pictures = status.isInProgress() && status.stage().orElseThrow() == Stage.IMAGE;
    return pictures ? imageProvider : told == null ? ANY : told;
  }
}
