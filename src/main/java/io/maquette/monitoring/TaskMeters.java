package io.maquette.monitoring;

import io.maquette.task.Stage;
import io.maquette.task.TaskChanged;
import io.maquette.task.TaskChanges;
import io.maquette.task.TaskStatus;
import io.maquette.telemetry.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Counters of this node's committed changes; they also add the task to the trace. */
@ApplicationScoped
public class TaskMeters {

  private static final String NEW = "-";

  private MeterRegistry registry;

  /** Required by CDI. */
  protected TaskMeters() {}

  @Inject
  TaskMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers every counter with 0, so that its first increment is visible as an increase. */
  void register(@Observes Startup startup) {
    for (TaskStatus.Transition move : TaskStatus.TRANSITIONS) {
      if (move.changesStatus()) {
        moves(move.from(), move.to());
      }
    }
    for (Stage stage : Stage.values()) {
      counter(MetricDefinition.RETRIES, "stage", stage.name());
      counter(MetricDefinition.REPEATED, "stage", stage.name());
    }
    counter(MetricDefinition.LATE);
  }

  void afterChanges(@Observes(during = TransactionPhase.AFTER_SUCCESS) TaskChanges changes) {
    changes.all().forEach(this::afterChange);
  }

  private void afterChange(TaskChanged change) {
    Tracing.about(change.taskId());
    switch (change.type()) {
      case STATUS_CHANGED -> moves(change.from(), change.to()).increment();
      case ATTEMPT_FAILED ->
          counter(MetricDefinition.RETRIES, "stage", stageOf(change)).increment();
      case SUBMITTED_AGAIN ->
          counter(MetricDefinition.REPEATED, "stage", stageOf(change)).increment();
      default -> {
        // a following event covers this one
      }
    }
  }

  private Counter moves(TaskStatus from, TaskStatus to) {
    return counter(
        MetricDefinition.MOVES, "from", from == null ? NEW : from.name(), "to", to.name());
  }

  private static String stageOf(TaskChanged change) {
    return change.to().stage().map(Stage::name).orElse(NEW);
  }

  private Counter counter(MetricDefinition definition, String... tags) {
    return Counter.builder(definition.id())
        .description(definition.meaning())
        .tags(tags)
        .register(registry);
  }
}
