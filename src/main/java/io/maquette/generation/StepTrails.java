package io.maquette.generation;

import io.maquette.platform.Subject;
import io.maquette.platform.Subject.Trait;
import io.maquette.platform.Trail;
import io.maquette.platform.Trails;
import io.maquette.task.Claim;
import io.maquette.task.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * How steps are told: each goes on with the trace in which its stage was asked for, on whatever
 * node. The questions for a job are not told in it, as they may be hundreds: what they find when
 * the job has ended is.
 */
@ApplicationScoped
public class StepTrails {

  private Trails trails;

  /** For CDI. */
  protected StepTrails() {}

  @Inject
  StepTrails(Trails trails) {
    this.trails = trails;
  }

  /** Begins a step. */
  Trail begin(String name, Claim claim) {
    return claim.job() == null
        ? trails.follow(name, claim.trace(), about(claim))
        : trails.quietly(claim.trace(), about(claim));
  }

  /** Begins what is done when a job has ended. */
  Trail ofEnd(String name, Claim claim) {
    return trails.follow(name, claim.trace(), about(claim));
  }

  private static Subject about(Claim claim) {
    return new Subject()
        .with(Trait.TASK, claim.taskId())
        .with(Trait.USER, claim.owner())
        .with(Trait.STAGE, claim.isForPictures() ? Stage.IMAGE : Stage.MODEL)
        .with(Trait.ATTEMPT, claim.failedAttempts() + 1)
        .with(Trait.PROVIDER, claim.provider());
  }
}
