package io.maquette.admin;

import io.maquette.monitoring.TaskStatistics;
import io.maquette.provider.Notes;
import io.maquette.provider.Retirements;
import io.maquette.task.submission.ProviderCall;
import io.maquette.task.submission.ProviderControl;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.ProviderAvailability.Limits;
import io.maquette.worker.control.ProviderOutage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Providers of the settings, with their state as this node sees it. */
@ApplicationScoped
public class ProviderStates {

  private ProviderAvailability availability;
  private TaskStatistics statistics;
  private Notes notes;
  private Retirements retirements;

  /** Required by CDI. */
  protected ProviderStates() {}

  @Inject
  ProviderStates(
      ProviderAvailability availability,
      TaskStatistics statistics,
      Notes notes,
      Retirements retirements) {
    this.availability = availability;
    this.statistics = statistics;
    this.notes = notes;
    this.retirements = retirements;
  }

  /** Returns the restrictions of this node and their reasons. */
  public List<Notes.Note> notes() {
    return notes.list();
  }

  /**
   * Returns all providers: the picture provider first, then the others in the order of the
   * settings.
   */
  public List<ProviderState> list() {
    Map<String, Long> open = statistics.openJobs();
    return availability.limits().stream().map(limits -> state(limits, open)).toList();
  }

  /** Finds a provider; empty if the settings do not choose it. */
  public Optional<ProviderState> find(String name) {
    return availability.limits().stream()
        .filter(limits -> limits.provider().equals(name))
        .findFirst()
        .map(limits -> state(limits, statistics.openJobs()));
  }

  /** Returns the providers of models, in the order of {@link #list}. */
  public List<ProviderState> modelProviders() {
    return list().stream().filter(state -> state.openJobsLimit() != null).toList();
  }

  /** Finds a provider of models; empty if the settings do not choose it for models. */
  public Optional<ProviderState> modelProvider(String name) {
    return find(name).filter(state -> state.openJobsLimit() != null);
  }

  private ProviderState state(Limits limits, Map<String, Long> open) {
    String name = limits.provider();
    Optional<ProviderControl> control = availability.control(name);
    ProviderOutage outage = availability.outage(name).orElse(null);
    boolean paused = outage != null && outage.reason() == ProviderOutage.Reason.PAUSED;
    return new ProviderState(
        name,
        makes(limits),
        outage == null ? ProviderState.IN_USE : outage.reason().name(),
        outage == null ? null : outage.since(),
        outage == null || paused ? null : outage.until(),
        outage == null ? null : outage.words(),
        control.filter(ProviderControl::isPaused).isPresent(),
        open.getOrDefault(name, 0L),
        limits.openJobs(),
        control.flatMap(ProviderControl::openJobs).isPresent(),
        limits.requestsPerSecond(),
        control.flatMap(ProviderControl::requestsPerSecond).isPresent(),
        control.map(ProviderControl::probedAt).orElse(null),
        statistics.lastFailedSubmission(name).map(ProviderStates::trouble).orElse(null),
        retirements.of(name));
  }

  private static String makes(Limits limits) {
    if (limits.openJobs() == null) {
      return limits.pictures() ? "pictures" : "edits";
    }
    return limits.pictures() ? "pictures, models" : "models";
  }

  private static ProviderState.Trouble trouble(ProviderCall call) {
    return new ProviderState.Trouble(
        call.taskId(), call.submittedAt(), call.outcome().name(), call.problem(), call.error());
  }

  /** Returns which providers keep a task waiting, and why; empty if one of them is available. */
  public Optional<String> unavailableProviders(TaskDetails task) {
    List<Limits> limits = availability.limits();
    List<String> concerned =
        switch (task.status()) {
          case IMAGE_PENDING, IMAGE_GENERATING ->
              limits.stream().filter(Limits::pictures).map(Limits::provider).toList();
          case IMAGE_EDITING -> List.of(availability.edits());
          case MODEL_PENDING ->
              limits.stream()
                  .filter(some -> some.openJobs() != null)
                  .map(Limits::provider)
                  .toList();
          case MODEL_GENERATING ->
              task.model().jobId() == null ? List.of(task.model().provider()) : List.of();
          case IMAGE_COMPLETED, MODEL_COMPLETED, FAILED, CANCELLED -> List.of();
        };
    List<String> closed =
        concerned.stream()
            .flatMap(name -> availability.outage(name).map(why -> words(name, why)).stream())
            .toList();
    return closed.isEmpty() || closed.size() < concerned.size()
        ? Optional.empty()
        : Optional.of(String.join("; ", closed));
  }

  private static String words(String provider, ProviderOutage why) {
    return provider + " is " + why.reason() + ", " + why.words();
  }
}
