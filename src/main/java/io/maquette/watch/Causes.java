package io.maquette.watch;

import io.maquette.generation.Availability;
import io.maquette.generation.Closure;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.task.Lingering;
import io.maquette.task.WaitsFor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds what tasks wait for, by what this node knows of providers at one moment.
 *
 * @param closures why providers are left alone, of those that are
 * @param imageProvider who makes pictures
 * @param editProvider who changes them
 * @param modelProviders who makes models, in the order they are turned to
 * @param full the providers that have no room for another model job
 * @param now the moment
 */
record Causes(
    Map<String, Closure.Reason> closures,
    String imageProvider,
    String editProvider,
    List<String> modelProviders,
    List<String> full,
    Instant now) {

  /**
   * What holds now.
   *
   * @param openJobs how many model jobs are open at each provider
   */
  static Causes now(
      Availability availability, Settings settings, Map<String, Long> openJobs, Instant now) {
    return new Causes(
        availability.providers().stream()
            .filter(name -> availability.closure(name).isPresent())
            .collect(
                Collectors.toMap(
                    name -> name, name -> availability.closure(name).orElseThrow().reason())),
        settings.get(Setting.IMAGE_PROVIDER),
        settings.get(Setting.EDIT_PROVIDER),
        settings.get(Setting.MODEL_PROVIDERS),
        availability.limits().stream()
            .filter(
                limits ->
                    limits.openJobs() != null
                        && openJobs.getOrDefault(limits.provider(), 0L) >= limits.openJobs())
            .map(Availability.Limits::provider)
            .toList(),
        now);
  }

  /** Whether a provider has a problem that only an operator can solve. */
  boolean isForOperator() {
    return closures.values().stream().anyMatch(Closure.Reason::isForOperator);
  }

  /** What a task waits for. */
  WaitsFor of(Lingering task) {
    return switch (task.status()) {
      case IMAGE_PENDING -> closed(imageProvider).orElse(WaitsFor.WORKER);
      case IMAGE_GENERATING -> atWork(task, imageProvider);
      case IMAGE_EDITING -> atWork(task, editProvider);
      case MODEL_PENDING -> forModel();
      case MODEL_GENERATING -> atWork(task, task.provider());
      case IMAGE_COMPLETED, MODEL_COMPLETED, FAILED, CANCELLED -> WaitsFor.USER;
    };
  }

  /** The first provider that may be used says why it has no room; else, why none may be used. */
  private WaitsFor forModel() {
    for (String provider : modelProviders) {
      if (closed(provider).isEmpty()) {
        return full.contains(provider) ? WaitsFor.ROOM : WaitsFor.WORKER;
      }
    }
    return closed(modelProviders.get(0)).orElseThrow();
  }

  private WaitsFor atWork(Lingering task, String provider) {
    if (task.held() || task.hasJob()) {
      return WaitsFor.PROVIDER;
    }
    return closed(provider)
        .orElse(
            task.failedAttempts() > 0 && task.dueAt().isAfter(now)
                ? WaitsFor.RETRY
                : WaitsFor.WORKER);
  }

  private Optional<WaitsFor> closed(String provider) {
    return Optional.ofNullable(closures.get(provider))
        .map(
            reason ->
                switch (reason) {
                  case PAUSED -> WaitsFor.PAUSE;
                  case BUSY -> WaitsFor.ROOM;
                  case DOWN -> WaitsFor.CIRCUIT;
                  case UNAUTHORISED, OUT_OF_CREDIT, MISCONFIGURED, RETIRED, UNFETCHED ->
                      WaitsFor.OPERATOR;
                });
  }
}
