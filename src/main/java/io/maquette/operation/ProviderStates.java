package io.maquette.operation;

import io.maquette.generation.Availability;
import io.maquette.generation.Availability.Limits;
import io.maquette.generation.Closure;
import io.maquette.task.ProviderCall;
import io.maquette.task.ProviderControl;
import io.maquette.task.ProviderControls;
import io.maquette.task.Pulse;
import io.maquette.task.TaskStory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The providers that the settings choose, as this node sees them. */
@ApplicationScoped
public class ProviderStates {

  private Availability availability;
  private ProviderControls controls;
  private Pulse pulse;

  /** For CDI. */
  protected ProviderStates() {}

  @Inject
  ProviderStates(Availability availability, ProviderControls controls, Pulse pulse) {
    this.availability = availability;
    this.controls = controls;
    this.pulse = pulse;
  }

  /** All of them, who makes pictures first, then the others in the settings' order. */
  public List<ProviderState> list() {
    Map<String, ProviderControl> said =
        controls.all().stream()
            .collect(Collectors.toMap(ProviderControl::provider, Function.identity()));
    Map<String, Long> open = pulse.openJobs();
    return availability.limits().stream()
        .map(limits -> state(limits, Optional.ofNullable(said.get(limits.provider())), open))
        .toList();
  }

  /** One of them; empty if the settings do not choose it. */
  public Optional<ProviderState> find(String name) {
    return list().stream().filter(state -> state.name().equals(name)).findFirst();
  }

  private ProviderState state(
      Limits limits, Optional<ProviderControl> said, Map<String, Long> open) {
    String name = limits.provider();
    Closure closure = availability.closure(name).orElse(null);
    boolean paused = closure != null && closure.reason() == Closure.Reason.PAUSED;
    return new ProviderState(
        name,
        makes(limits),
        closure == null ? ProviderState.IN_USE : closure.reason().name(),
        closure == null ? null : closure.since(),
        closure == null || paused ? null : closure.until(),
        closure == null ? null : closure.words(),
        said.filter(ProviderControl::isPaused).isPresent(),
        open.getOrDefault(name, 0L),
        limits.openJobs(),
        said.flatMap(ProviderControl::openJobs).isPresent(),
        limits.requestsPerSecond(),
        said.flatMap(ProviderControl::requestsPerSecond).isPresent(),
        said.map(ProviderControl::probedAt).orElse(null),
        pulse.lastTrouble(name).map(ProviderStates::trouble).orElse(null));
  }

  private static String makes(Limits limits) {
    if (limits.openJobs() == null) {
      return "pictures";
    }
    return limits.pictures() ? "pictures, models" : "models";
  }

  private static ProviderState.Trouble trouble(ProviderCall call) {
    return new ProviderState.Trouble(
        call.taskId(), call.submittedAt(), call.outcome().name(), call.problem(), call.error());
  }

  /** Which provider keeps a task waiting, and why; empty if none does. */
  public Optional<String> keepsWaiting(TaskStory task) {
    List<Limits> limits = availability.limits();
    List<String> concerned =
        switch (task.status()) {
          case IMAGE_PENDING, IMAGE_GENERATING ->
              limits.stream().filter(Limits::pictures).map(Limits::provider).toList();
          case MODEL_PENDING ->
              limits.stream()
                  .filter(some -> some.openJobs() != null)
                  .map(Limits::provider)
                  .toList();
          case MODEL_GENERATING ->
              task.model().jobId() == null ? List.of(task.model().provider()) : List.of();
          case IMAGE_COMPLETED, MODEL_COMPLETED, FAILED, CANCELLED -> List.of();
        };
    boolean allClosed =
        !concerned.isEmpty()
            && concerned.stream().allMatch(name -> availability.closure(name).isPresent());
    return allClosed
        ? Optional.of(
            concerned.stream()
                .map(name -> words(name, availability.closure(name)))
                .collect(Collectors.joining("; ")))
        : Optional.empty();
  }

  private static String words(String provider, Optional<Closure> closure) {
    return closure
        .map(why -> provider + " is " + why.reason() + ", " + why.words())
        .orElse(provider + " is in use");
  }
}
