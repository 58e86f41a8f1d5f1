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

/** Targets of the time in status, from the settings. */
@ApplicationScoped
public class DurationTargets {

  /** Period of the recent times in status that alerts and metrics consider. */
  static final Duration RECENT = Duration.ofMinutes(15);

  private static final String ANY = "-";

  /**
   * Status and provider to which a target applies.
   *
   * @param provider {@code -} for all providers without a separate target
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

  /** Returns all targets. */
  Map<Place, Duration> all() {
    return targets;
  }

  /**
   * Returns the target of a task in a status.
   *
   * @param status status that workers act on
   */
  public Duration of(TaskStatus status, String provider) {
    Duration own = targets.get(new Place(status, provider));
    return own == null ? targets.get(new Place(status, ANY)) : own;
  }

  /** Returns the shortest target of each status. */
  Map<TaskStatus, Duration> shortest() {
    Map<TaskStatus, Duration> shortest = new LinkedHashMap<>();
    targets.forEach(
        (place, target) ->
            shortest.merge(
                place.status(), target, (one, other) -> one.compareTo(other) < 0 ? one : other));
    return shortest;
  }

  /** Returns a target of zero for each status. */
  Map<TaskStatus, Duration> atOnce() {
    Map<TaskStatus, Duration> atOnce = new LinkedHashMap<>();
    targets.keySet().forEach(place -> atOnce.put(place.status(), Duration.ZERO));
    return atOnce;
  }

  /**
   * Returns the provider of a status. The picture provider comes from the settings, because rows do
   * not name it.
   *
   * @param provider provider that the row names; {@code -} or null for none
   */
  String providerOf(TaskStatus status, String provider) {
    if (status == TaskStatus.IMAGE_EDITING) {
      return editProvider;
    }
    boolean pictures = status.isInProgress() && status.stage().orElseThrow() == Stage.IMAGE;
    return pictures ? imageProvider : provider == null ? ANY : provider;
  }
}
