package io.maquette.worker;

import io.maquette.task.Stage;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.EditClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.telemetry.Subject;
import io.maquette.telemetry.Subject.Trait;
import io.maquette.telemetry.TraceScope;
import io.maquette.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Trace spans of steps. Each span continues the trace of the request that started the stage, on any
 * node. Polls have no spans, because a job may need hundreds; the step that ends the job has one.
 */
@ApplicationScoped
public class StepTracing {

  private Tracing tracing;

  /** For CDI. */
  protected StepTracing() {}

  @Inject
  StepTracing(Tracing tracing) {
    this.tracing = tracing;
  }

  /** Starts the span of a step; a poll gets only the log context. */
  TraceScope begin(TaskClaim claim) {
    return claim instanceof PollClaim
        ? tracing.quietly(traceOf(claim), about(claim))
        : tracing.follow(nameOf(claim), traceOf(claim), about(claim));
  }

  private static String nameOf(TaskClaim claim) {
    if (claim instanceof ModelClaim model) {
      return model.reserved().isPresent() ? "submit model" : "submit model again";
    }
    return claim instanceof EditClaim ? "edit picture" : "make pictures";
  }

  private static String traceOf(TaskClaim claim) {
    return claim.claimed().trace().orElse(null);
  }

  /** Starts the span for the end of a provider job. */
  TraceScope beginEnd(PollClaim claim) {
    return tracing.follow("end model", traceOf(claim), about(claim));
  }

  private static Subject about(TaskClaim claim) {
    return new Subject()
        .with(Trait.TASK, claim.taskId())
        .with(Trait.USER, claim.owner())
        .with(Trait.STAGE, claim.isForPictures() ? Stage.IMAGE : Stage.MODEL)
        .with(Trait.ATTEMPT, claim.failedAttempts() + 1)
        .with(Trait.PROVIDER, claim.modelProvider().orElse(null));
  }
}
