package io.maquette.monitoring;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.task.WaitReason;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderOutage;
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
record WaitReasonResolver(
    Map<String, ProviderOutage.Reason> closures,
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
  static WaitReasonResolver now(
      ProviderAvailability availability,
      Settings settings,
      Map<String, Long> openJobs,
      Instant now) {
    return new WaitReasonResolver(
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
            .map(ProviderAvailability.Limits::provider)
            .toList(),
        now);
  }

  /** Whether a provider has a problem that only an operator can solve. */
  boolean isForOperator() {
    return closures.values().stream().anyMatch(ProviderOutage.Reason::isForOperator);
  }

  /** What a task waits for. */
  WaitReason of(LongRunningTask task) {
    return switch (task.status()) {
      case IMAGE_PENDING -> closed(imageProvider).orElse(WaitReason.WORKER);
      case IMAGE_GENERATING -> atWork(task, imageProvider);
      case IMAGE_EDITING -> atWork(task, editProvider);
      case MODEL_PENDING -> forModel();
      case MODEL_GENERATING -> atWork(task, task.provider());
      case IMAGE_COMPLETED, MODEL_COMPLETED, FAILED, CANCELLED -> WaitReason.USER;
    };
  }

  /** The first provider that may be used says why it has no room; else, why none may be used. */
  private WaitReason forModel() {
    for (String provider : modelProviders) {
      if (closed(provider).isEmpty()) {
        return full.contains(provider) ? WaitReason.ROOM : WaitReason.WORKER;
      }
    }
    return closed(modelProviders.get(0)).orElseThrow();
  }

  private WaitReason atWork(LongRunningTask task, String provider) {
    if (task.held() || task.hasJob()) {
      return WaitReason.PROVIDER;
    }
    return closed(provider)
        .orElse(
            task.failedAttempts() > 0 && task.dueAt().isAfter(now)
                ? WaitReason.RETRY
                : WaitReason.WORKER);
  }

  private Optional<WaitReason> closed(String provider) {
    return Optional.ofNullable(closures.get(provider))
        .map(
            reason ->
                switch (reason) {
                  case PAUSED -> WaitReason.PAUSE;
                  case BUSY -> WaitReason.ROOM;
                  case DOWN -> WaitReason.CIRCUIT;
                  case UNAUTHORISED, OUT_OF_CREDIT, MISCONFIGURED, RETIRED, UNFETCHED ->
                      WaitReason.OPERATOR;
                });
  }
}
