package io.maquette.worker;

import io.maquette.task.Stage;
import io.maquette.task.TaskClaim;
import io.maquette.telemetry.Subject;
import io.maquette.telemetry.Subject.Trait;
import io.maquette.telemetry.TraceScope;
import io.maquette.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * How steps are told: each goes on with the trace in which its stage was asked for, on whatever
 * node. The questions for a job are not told in it, as they may be hundreds: what they find when
 * the job has ended is.
 */
@ApplicationScoped
public class StepTrails {

  private Tracing trails;

  /** For CDI. */
  protected StepTrails() {}

  @Inject
  StepTrails(Tracing trails) {
    this.trails = trails;
  }

  /** Begins a step. */
  TraceScope begin(String name, TaskClaim claim) {
    return claim.job() == null
        ? trails.follow(name, claim.trace(), about(claim))
        : trails.quietly(claim.trace(), about(claim));
  }

  /** Begins what is done when a job has ended. */
  TraceScope ofEnd(String name, TaskClaim claim) {
    return trails.follow(name, claim.trace(), about(claim));
  }

  private static Subject about(TaskClaim claim) {
    return new Subject()
        .with(Trait.TASK, claim.taskId())
        .with(Trait.USER, claim.owner())
        .with(Trait.STAGE, claim.isForPictures() ? Stage.IMAGE : Stage.MODEL)
        .with(Trait.ATTEMPT, claim.failedAttempts() + 1)
        .with(Trait.PROVIDER, claim.provider());
  }
}
