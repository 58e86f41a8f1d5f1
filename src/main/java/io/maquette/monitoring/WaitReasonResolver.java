package io.maquette.monitoring;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.task.wait.WaitReason;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderOutage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Resolver of wait reasons, from what this node knows of providers at one time.
 *
 * @param outages reasons of unavailable providers
 * @param imageProvider provider of pictures
 * @param editProvider provider of edits
 * @param modelProviders providers of models, in the order of fallback
 * @param full providers whose limit of open jobs is reached
 * @param now time of the snapshot
 */
record WaitReasonResolver(
    Map<String, ProviderOutage.Reason> outages,
    String imageProvider,
    String editProvider,
    List<String> modelProviders,
    List<String> full,
    Instant now) {

  /**
   * Creates a resolver for the present state.
   *
   * @param openJobs number of open provider jobs by provider
   */
  static WaitReasonResolver now(
      ProviderAvailability availability,
      Settings settings,
      Map<String, Long> openJobs,
      Instant now) {
    return new WaitReasonResolver(
        availability.providers().stream()
            .filter(name -> availability.outage(name).isPresent())
            .collect(
                Collectors.toMap(
                    name -> name, name -> availability.outage(name).orElseThrow().reason())),
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

  /** Returns whether a provider has a problem that only an operator can solve. */
  boolean isForOperator() {
    return outages.values().stream().anyMatch(ProviderOutage.Reason::isForOperator);
  }

  /** Returns the wait reason of a task. */
  WaitReason of(LongRunningTask task) {
    return switch (task.status()) {
      case IMAGE_PENDING -> closed(imageProvider).orElse(WaitReason.WORKER);
      case IMAGE_GENERATING -> atWork(task, imageProvider);
      case IMAGE_EDITING -> atWork(task, editProvider);
      case MODEL_PENDING -> forModel(task);
      case MODEL_GENERATING -> atWork(task, task.provider());
      case IMAGE_COMPLETED, MODEL_COMPLETED, FAILED, CANCELLED -> WaitReason.USER;
    };
  }

  /**
   * Returns the wait reason at the first available provider of those that may make the model, or at
   * the first of them if none is available.
   */
  private WaitReason forModel(LongRunningTask task) {
    List<String> allowed = modelProviders.stream().filter(task.modelProviders()::contains).toList();
    List<String> candidates = allowed.isEmpty() ? modelProviders : allowed;
    for (String provider : candidates) {
      if (closed(provider).isEmpty()) {
        return full.contains(provider) ? WaitReason.ROOM : WaitReason.WORKER;
      }
    }
    return closed(candidates.get(0)).orElseThrow();
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
    return Optional.ofNullable(outages.get(provider))
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
